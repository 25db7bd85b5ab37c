/// Users and their tokens.
@NullMarked
package dev.slipway.db.access;

import org.jspecify.annotations.NullMarked;
