package dev.slipway.runtime.rollout;

import java.util.Collection;

/// Tells an app that is ill from a machine that is: when most apps begin to fail their checks at once, the likelier
/// cause is what they have in common. Pure.
final class Crowd {
    /// With fewer that fail, they may well have their own reasons.
    private static final int FEWEST_APPS = 3;

    private Crowd() {}

    /// An instance that had been well.
    ///
    /// @param failing it failed its last check
    record Member(long appId, boolean failing) {}

    /// Whether nothing should be concluded from failures at the moment.
    ///
    /// @param members of all apps; those that had been found ill before are left out
    static boolean suffers(Collection<Member> members) {
        long failing = members.stream().filter(Member::failing).count();
        long apps = members.stream()
                .filter(Member::failing)
                .mapToLong(Member::appId)
                .distinct()
                .count();
        return apps >= FEWEST_APPS && failing * 2 > members.size();
    }
}
