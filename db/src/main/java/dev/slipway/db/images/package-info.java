/// Image versions: what successful builds left in the registry.
@NullMarked
package dev.slipway.db.images;

import org.jspecify.annotations.NullMarked;
