/// What instances write: followed in the engine, kept on disk, searched and told live. Uses the engine and the
/// records.
@NullMarked
package dev.slipway.runtime.logs;

import org.jspecify.annotations.NullMarked;
