package dev.slipway.runtime;

import dev.slipway.db.addresses.AddressRange;
import dev.slipway.runtime.router.Addresses;
import java.util.Arrays;
import java.util.List;

/// Proxies before the front door whose `X-Forwarded-For` is believed.
final class TrustedProxies {
    private TrustedProxies() {}

    /// @param value addresses and ranges, separated by commas; "" for none
    /// @throws IllegalStateException with a sentence saying what is wrong
    static Addresses of(String value) {
        try {
            List<AddressRange> ranges = Arrays.stream(value.split(","))
                    .map(String::strip)
                    .filter(entry -> !entry.isEmpty())
                    .map(AddressRange::parse)
                    .toList();
            return ranges.isEmpty()
                    ? Addresses.NONE
                    : address -> ranges.stream().anyMatch(range -> range.contains(address));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("SLIPWAY_TRUSTED_PROXIES: " + e.getMessage(), e);
        }
    }
}
