/// The dashboard: Vaadin views over the control plane's feature services, never over a store.
@NullMarked
package dev.slipway.ui;

import org.jspecify.annotations.NullMarked;
