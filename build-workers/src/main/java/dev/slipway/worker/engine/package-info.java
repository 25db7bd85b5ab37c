/// The Docker Engine's API, as far as a worker needs it: looking at an image, pushing it, removing tags.
@NullMarked
package dev.slipway.worker.engine;

import org.jspecify.annotations.NullMarked;
