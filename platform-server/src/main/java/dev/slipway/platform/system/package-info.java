/// The platform about itself: queue, workers.
@NullMarked
package dev.slipway.platform.system;

import org.jspecify.annotations.NullMarked;
