/// Small building blocks of views: states in words and colours, times, things to copy.
@NullMarked
package dev.slipway.ui.parts;

import org.jspecify.annotations.NullMarked;
