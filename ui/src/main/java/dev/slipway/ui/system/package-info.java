/// The queue and the workers.
@NullMarked
package dev.slipway.ui.system;

import org.jspecify.annotations.NullMarked;
