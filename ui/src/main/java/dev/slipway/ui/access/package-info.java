/// Logging in, and who is logged in.
@NullMarked
package dev.slipway.ui.access;

import org.jspecify.annotations.NullMarked;
