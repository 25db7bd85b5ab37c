/// Addresses of machines: ranges of them, and which ones aren't on the public Internet.
@NullMarked
package dev.slipway.db.addresses;

import org.jspecify.annotations.NullMarked;
