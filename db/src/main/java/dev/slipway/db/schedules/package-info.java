/// Commands that run again and again.
@NullMarked
package dev.slipway.db.schedules;

import org.jspecify.annotations.NullMarked;
