/// Apps' own domains and their certificates: what the front door knows beside instances.
@NullMarked
package dev.slipway.db.domains;

import org.jspecify.annotations.NullMarked;
