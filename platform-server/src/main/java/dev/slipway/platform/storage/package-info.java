/// Volumes: giving them to apps, taking them away, and deleting what is kept.
@NullMarked
package dev.slipway.platform.storage;

import org.jspecify.annotations.NullMarked;
