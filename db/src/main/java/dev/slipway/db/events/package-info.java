/// The append-only record of what happened.
@NullMarked
package dev.slipway.db.events;

import org.jspecify.annotations.NullMarked;
