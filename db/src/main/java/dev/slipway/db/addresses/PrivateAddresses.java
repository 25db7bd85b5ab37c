package dev.slipway.db.addresses;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Addresses that aren't on the public Internet (IANA's special-purpose registries): behind them are this
/// machine, its apps and databases, the neighbours' devices, and clouds' metadata services.
public final class PrivateAddresses {
    private static final Map<AddressRange, String> RANGES = new LinkedHashMap<>();
    /// IPv6 ranges that carry an IPv4 address, and at which byte.
    private static final Map<AddressRange, Integer> CARRIERS = Map.of(
            AddressRange.parse("64:ff9b::/96"), 12,
            AddressRange.parse("2002::/16"), 2,
            AddressRange.parse("::/96"), 12);

    static {
        put("this machine", "127.0.0.0/8", "0.0.0.0/8", "::1", "::");
        put("link-local", "169.254.0.0/16", "fe80::/10");
        put("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
        put("shared by a provider's customers", "100.64.0.0/10");
        put("multicast or broadcast", "224.0.0.0/4", "ff00::/8", "255.255.255.255");
        put(
                "reserved",
                "240.0.0.0/4",
                "192.0.0.0/24",
                "192.0.2.0/24",
                "192.88.99.0/24",
                "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "100::/64",
                "64:ff9b:1::/48",
                "2001::/23",
                "2001:db8::/32",
                "3fff::/20",
                "5f00::/16");
    }

    private PrivateAddresses() {}

    private static void put(String kind, String... ranges) {
        for (String range : ranges) {
            RANGES.put(AddressRange.parse(range), kind);
        }
    }

    /// What sort of address it is, such as "link-local"; empty when it's a public one.
    public static Optional<String> kind(InetAddress address) {
        return RANGES.entrySet().stream()
                .filter(range -> range.getKey().contains(address))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> carried(address).flatMap(PrivateAddresses::kind));
    }

    private static Optional<InetAddress> carried(InetAddress address) {
        return CARRIERS.entrySet().stream()
                .filter(carrier -> carrier.getKey().contains(address))
                .map(carrier -> ipv4(address.getAddress(), carrier.getValue()))
                .findFirst();
    }

    private static InetAddress ipv4(byte[] address, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
