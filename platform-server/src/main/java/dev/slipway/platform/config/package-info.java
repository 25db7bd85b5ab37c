/// An app's environment: changed as a whole, versioned, write-only once saved.
@NullMarked
package dev.slipway.platform.config;

import org.jspecify.annotations.NullMarked;
