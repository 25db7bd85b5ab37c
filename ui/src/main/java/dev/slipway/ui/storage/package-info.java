/// Volumes: an app's own, and all that are kept.
@NullMarked
package dev.slipway.ui.storage;

import org.jspecify.annotations.NullMarked;
