/// Rows behind the OCI registry: blobs, manifests, tags and uploads.
@NullMarked
package dev.slipway.db.registry;

import org.jspecify.annotations.NullMarked;
