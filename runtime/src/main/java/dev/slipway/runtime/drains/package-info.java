/// Sends apps' logs on, from where they are kept.
@NullMarked
package dev.slipway.runtime.drains;

import org.jspecify.annotations.NullMarked;
