/// Commands that run once, in containers of their own.
@NullMarked
package dev.slipway.db.runs;

import org.jspecify.annotations.NullMarked;
