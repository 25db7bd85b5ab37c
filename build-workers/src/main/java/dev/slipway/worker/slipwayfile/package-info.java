/// Reads a commit's `slipway.yml`. Knows nothing of Git, builds and the database.
@NullMarked
package dev.slipway.worker.slipwayfile;

import org.jspecify.annotations.NullMarked;
