/// What an app's instances write, live.
@NullMarked
package dev.slipway.ui.logs;

import org.jspecify.annotations.NullMarked;
