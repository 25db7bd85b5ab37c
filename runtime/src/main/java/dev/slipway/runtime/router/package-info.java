/// The front door: takes every HTTP request to an instance of its app, or to the platform. Knows nothing of
/// engine and database.
@NullMarked
package dev.slipway.runtime.router;

import org.jspecify.annotations.NullMarked;
