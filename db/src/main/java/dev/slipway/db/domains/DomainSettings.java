package dev.slipway.db.domains;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a domain behaves.
///
/// @param stripPath the app sees paths without the domain's own
/// @param redirect null: it leads to the app
/// @param forceHttps visitors of http are sent to https, as soon as there is a certificate
/// @param hsts how long browsers shall know that there is only https; zero: they aren't told
/// @param automatic its certificate is had and renewed by ACME
public record DomainSettings(
        boolean stripPath, @Nullable Redirect redirect, boolean forceHttps, Duration hsts, boolean automatic) {
    private static final Duration LONGEST_HSTS = Duration.ofDays(730);

    public static final DomainSettings DEFAULT = new DomainSettings(false, null, false, Duration.ZERO, false);

    /// @throws IllegalArgumentException with a message for the user
    public DomainSettings {
        if (hsts.isNegative() || hsts.compareTo(LONGEST_HSTS) > 0) {
            throw new IllegalArgumentException("Strict transport security lasts between 0 seconds and 2 years.");
        }
        if (!hsts.isZero() && !forceHttps) {
            throw new IllegalArgumentException(
                    "Strict transport security makes sense only where visitors are sent to https: turn that on too.");
        }
    }
}
