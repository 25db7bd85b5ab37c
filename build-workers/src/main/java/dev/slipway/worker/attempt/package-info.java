/// One attempt of one build: its steps, its log, and what can stop it. Uses `context`, `buildkit`, `engine` and
/// `process`.
@NullMarked
package dev.slipway.worker.attempt;

import org.jspecify.annotations.NullMarked;
