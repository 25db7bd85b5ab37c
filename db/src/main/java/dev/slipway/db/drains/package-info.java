/// Where apps' logs are sent besides being kept.
@NullMarked
package dev.slipway.db.drains;

import org.jspecify.annotations.NullMarked;
