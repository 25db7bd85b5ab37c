/// Apps and their settings.
@NullMarked
package dev.slipway.db.apps;

import org.jspecify.annotations.NullMarked;
