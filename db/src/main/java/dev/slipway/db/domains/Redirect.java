package dev.slipway.db.domains;

import java.util.Set;

/// Visitors are sent on to the same path at another host.
///
/// @param status of the answer: 301 or 308 when it is for good, 302 or 307 when it isn't; 307 and 308 keep the method
public record Redirect(HostName to, int status) {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 307, 308);

    /// @throws IllegalArgumentException with a message for the user
    public Redirect {
        if (to.wildcard()) {
            throw new IllegalArgumentException("A redirect needs one host to go to, not " + to + ".");
        }
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException("A redirect's status is 301, 302, 307 or 308, not " + status + ".");
        }
    }
}
