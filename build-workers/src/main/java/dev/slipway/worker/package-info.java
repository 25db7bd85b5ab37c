/// The build worker: claims builds and does them one after the other. Uses `attempt` and the stores of `db`.
@NullMarked
package dev.slipway.worker;

import org.jspecify.annotations.NullMarked;
