/// The OCI registry under `/v2/` (OCI Distribution 1.1): blobs are files under the home, everything else is
/// rows. Uses `db.registry` and `db.apps`; who may come in is decided before, in `access`.
@NullMarked
package dev.slipway.platform.registry;

import org.jspecify.annotations.NullMarked;
