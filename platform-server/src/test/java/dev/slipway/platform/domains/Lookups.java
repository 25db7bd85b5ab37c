package dev.slipway.platform.domains;

import java.net.UnknownHostException;
import java.util.Set;

/// DNS as tests want it.
public final class Lookups {
    private Lookups() {}

    /// Every name leads here.
    public static DnsLook everywhere() {
        return new DnsLook(new Resolver() {
            @Override
            public Set<String> addresses(String host) {
                return Set.of("192.0.2.1");
            }

            @Override
            public Set<String> own() {
                return Set.of("192.0.2.1");
            }
        });
    }

    /// There is no name at all.
    public static DnsLook nowhere() {
        return new DnsLook(new Resolver() {
            @Override
            public Set<String> addresses(String host) throws UnknownHostException {
                throw new UnknownHostException(host);
            }

            @Override
            public Set<String> own() {
                return Set.of("192.0.2.1");
            }
        });
    }
}
