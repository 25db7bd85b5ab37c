/// Releases: exact, numbered, immutable; their states.
@NullMarked
package dev.slipway.db.releases;

import org.jspecify.annotations.NullMarked;
