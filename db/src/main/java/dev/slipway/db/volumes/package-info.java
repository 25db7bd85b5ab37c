/// Volumes: storage of apps that outlives their releases.
@NullMarked
package dev.slipway.db.volumes;

import org.jspecify.annotations.NullMarked;
