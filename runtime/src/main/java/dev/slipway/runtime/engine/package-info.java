/// The container engine: what the runtime tier asks of one, and Docker as one. Knows nothing of releases.
@NullMarked
package dev.slipway.runtime.engine;

import org.jspecify.annotations.NullMarked;
