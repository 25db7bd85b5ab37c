/// Commands of an app: run once, by a schedule, and in a terminal.
@NullMarked
package dev.slipway.ui.commands;

import org.jspecify.annotations.NullMarked;
