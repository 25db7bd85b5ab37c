/// Builds: the list, one build with its steps and log.
@NullMarked
package dev.slipway.ui.builds;

import org.jspecify.annotations.NullMarked;
