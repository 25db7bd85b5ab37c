/// The master key: encryption at rest and the credentials the programs use among themselves.
@NullMarked
package dev.slipway.db.secrets;

import org.jspecify.annotations.NullMarked;
