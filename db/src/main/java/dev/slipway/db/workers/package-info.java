/// Worker processes that are alive.
@NullMarked
package dev.slipway.db.workers;

import org.jspecify.annotations.NullMarked;
