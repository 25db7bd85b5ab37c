/// Who may come in to an app at the front door, and how.
@NullMarked
package dev.slipway.db.door;

import org.jspecify.annotations.NullMarked;
