/// Acceptance: the promises of the README on real parts — `./slipway`, git, PostgreSQL, Docker, Chromium. Knows
/// the platform only from outside.
@NullMarked
package dev.slipway.acceptance;

import org.jspecify.annotations.NullMarked;
