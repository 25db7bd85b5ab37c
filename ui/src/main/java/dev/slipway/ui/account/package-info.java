/// A person's tokens and password.
@NullMarked
package dev.slipway.ui.account;

import org.jspecify.annotations.NullMarked;
