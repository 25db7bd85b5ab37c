/// The page about whom an app lets in.
@NullMarked
package dev.slipway.ui.door;

import org.jspecify.annotations.NullMarked;
