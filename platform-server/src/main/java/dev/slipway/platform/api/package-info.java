/// The REST API under `/api/v1`: controllers that turn requests into calls of the feature services, and their
/// values into JSON.
@NullMarked
package dev.slipway.platform.api;

import org.jspecify.annotations.NullMarked;
