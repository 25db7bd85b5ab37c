/// Makes what runs equal to what should run: a pure plan for each app, and its execution. May use engine, probe
/// and router.
@NullMarked
package dev.slipway.runtime.rollout;

import org.jspecify.annotations.NullMarked;
