/// What only the runtime tier has, asked for over its loopback port: streams that don't belong in the database.
/// Control goes through the tables, never through here.
@NullMarked
package dev.slipway.platform.runtime;

import org.jspecify.annotations.NullMarked;
