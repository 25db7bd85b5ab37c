/// The dashboard with sample rows, to look at while working on it.
@NullMarked
package dev.slipway.ui.preview;

import org.jspecify.annotations.NullMarked;
