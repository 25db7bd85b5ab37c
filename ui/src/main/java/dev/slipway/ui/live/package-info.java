/// Views that update themselves: the database's bell, debounced, to attached views.
@NullMarked
package dev.slipway.ui.live;

import org.jspecify.annotations.NullMarked;
