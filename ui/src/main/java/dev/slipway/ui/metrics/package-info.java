/// What an app uses and how it answers, drawn.
@NullMarked
package dev.slipway.ui.metrics;

import org.jspecify.annotations.NullMarked;
