/// What apps use and how they answer: measured every 10 s, kept for 7 days at falling resolution. Uses the engine,
/// the router's counts, the form of instances' ids and the records.
@NullMarked
package dev.slipway.runtime.metrics;

import org.jspecify.annotations.NullMarked;
