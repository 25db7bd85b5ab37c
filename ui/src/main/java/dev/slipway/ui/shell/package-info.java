/// What surrounds every view: the page, header and navigation, error pages.
@NullMarked
package dev.slipway.ui.shell;

import org.jspecify.annotations.NullMarked;
