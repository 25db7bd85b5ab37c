/// Commands in what is live of an app: once, by a schedule, or in a terminal. The runtime tier runs them.
@NullMarked
package dev.slipway.platform.commands;

import org.jspecify.annotations.NullMarked;
