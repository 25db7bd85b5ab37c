/// Where apps' logs are sent besides being kept.
@NullMarked
package dev.slipway.platform.drains;

import org.jspecify.annotations.NullMarked;
