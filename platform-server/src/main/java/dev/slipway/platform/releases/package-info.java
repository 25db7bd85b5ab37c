/// Releases as a feature: the history of an app and the way back.
@NullMarked
package dev.slipway.platform.releases;

import org.jspecify.annotations.NullMarked;
