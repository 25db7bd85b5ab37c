/// Apps: the list, a new one, one app's page and settings.
@NullMarked
package dev.slipway.ui.apps;

import org.jspecify.annotations.NullMarked;
