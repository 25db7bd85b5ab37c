/// Releases: the history of an app and the way back.
@NullMarked
package dev.slipway.ui.releases;

import org.jspecify.annotations.NullMarked;
