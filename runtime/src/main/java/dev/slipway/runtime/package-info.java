/// Program 3, the managed runtime tier: puts the engine, the rollout of releases and the front door together.
@NullMarked
package dev.slipway.runtime;

import org.jspecify.annotations.NullMarked;
