/// Instances: the running copies of a release, as the runtime tier sees them.
@NullMarked
package dev.slipway.db.instances;

import org.jspecify.annotations.NullMarked;
