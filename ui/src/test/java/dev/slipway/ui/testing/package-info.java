/// A dashboard for tests: a fresh database, somebody logged in.
@NullMarked
package dev.slipway.ui.testing;

import org.jspecify.annotations.NullMarked;
