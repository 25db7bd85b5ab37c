/// Apps as a feature: creating, changing, deleting them; their present state at a glance.
@NullMarked
package dev.slipway.platform.apps;

import org.jspecify.annotations.NullMarked;
