/// The control plane's start and what every feature needs: the home, addresses, problems.
@NullMarked
package dev.slipway.platform;

import org.jspecify.annotations.NullMarked;
