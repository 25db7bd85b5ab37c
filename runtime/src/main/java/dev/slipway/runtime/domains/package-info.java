/// What the front door knows beside instances, from the tables to the router; kept on disk for when the tables
/// are away.
@NullMarked
package dev.slipway.runtime.domains;

import org.jspecify.annotations.NullMarked;
