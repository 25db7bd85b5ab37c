package dev.slipway.platform.domains;

import java.util.List;

/// What DNS says about a host now.
///
/// @param addresses what it leads to, in order
public record DnsAnswer(Pointing pointing, List<String> addresses) {
    /// Where it leads.
    public enum Pointing {
        /// to this machine
        HERE,
        /// somewhere else: another machine, or a proxy before this one
        ELSEWHERE,
        /// there is no such name yet
        NOWHERE,
        /// not known (yet): DNS didn't answer in time, or this machine's own addresses aren't known
        UNKNOWN
    }

    public DnsAnswer {
        addresses = List.copyOf(addresses);
    }

    static final DnsAnswer UNKNOWN = new DnsAnswer(Pointing.UNKNOWN, List.of());
}
