/// The page about where an app's log is sent.
@NullMarked
package dev.slipway.ui.drains;

import org.jspecify.annotations.NullMarked;
