/// Rows behind the OCI registry: blobs, manifests and tags.
@NullMarked
package dev.slipway.db.registry;

import org.jspecify.annotations.NullMarked;
