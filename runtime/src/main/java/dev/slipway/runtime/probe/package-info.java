/// Finds out from outside whether an instance answers, and why it doesn't.
@NullMarked
package dev.slipway.runtime.probe;

import org.jspecify.annotations.NullMarked;
