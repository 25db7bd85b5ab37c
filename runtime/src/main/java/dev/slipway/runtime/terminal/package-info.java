/// Terminals in containers of their own, for who is at the other end of the runtime's own port.
@NullMarked
package dev.slipway.runtime.terminal;

import org.jspecify.annotations.NullMarked;
