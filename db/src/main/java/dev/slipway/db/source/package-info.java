/// Which heads were seen, and webhook deliveries.
@NullMarked
package dev.slipway.db.source;

import org.jspecify.annotations.NullMarked;
