/// Builds: their states, the queue that workers claim from, steps and logs.
@NullMarked
package dev.slipway.db.builds;

import org.jspecify.annotations.NullMarked;
