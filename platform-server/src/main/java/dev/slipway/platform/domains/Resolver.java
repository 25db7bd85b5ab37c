package dev.slipway.platform.domains;

import java.net.UnknownHostException;
import java.util.Set;

/// Looks up names, and this machine's own addresses. May block for long.
interface Resolver {
    /// The addresses of a host.
    ///
    /// @throws UnknownHostException when there is no such name
    Set<String> addresses(String host) throws UnknownHostException;

    /// Under which this machine is reached, without loopback; empty when there is none.
    Set<String> own();
}
