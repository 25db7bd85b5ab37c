/// Builds as a feature: asking for one, watching it, cancelling it.
@NullMarked
package dev.slipway.platform.builds;

import org.jspecify.annotations.NullMarked;
