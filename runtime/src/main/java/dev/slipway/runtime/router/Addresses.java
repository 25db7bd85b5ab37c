package dev.slipway.runtime.router;

import java.net.InetAddress;

/// Some IP addresses; equal when they are the same ones.
public interface Addresses {
    boolean contains(InetAddress address);

    /// None at all.
    Addresses NONE = address -> false;
}
