/// PostgreSQL's own binaries (from Maven Central), prepared to run under the launcher when no database of one's
/// own is given.
@NullMarked
package dev.slipway.db.embedded;

import org.jspecify.annotations.NullMarked;
