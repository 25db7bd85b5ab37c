/// What is done with volumes beside mounting them: removing those that were deleted, saying how large the others are.
/// Uses the engine and `db`.
@NullMarked
package dev.slipway.runtime.storage;

import org.jspecify.annotations.NullMarked;
