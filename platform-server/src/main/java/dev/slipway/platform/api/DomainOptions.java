package dev.slipway.platform.api;

import dev.slipway.db.domains.DomainSettings;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.domains.Redirect;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a domain behaves, as it is sent. What is left out or null gets its default.
record DomainOptions(
        @Schema(description = "The app sees paths without the domain's own, which it is told in X-Forwarded-Prefix")
        @Nullable
        Boolean stripPath,

        @Schema(description = "Another host to which visitors are sent instead, at the same path") @Nullable
        String redirectTo,

        @Schema(description = "301, 302, 307 or 308 (the default)") @Nullable
        Integer redirectStatus,

        @Schema(description = "Visitors of http are sent to https, as soon as there is a certificate") @Nullable
        Boolean forceHttps,

        @Schema(description = "What Strict-Transport-Security says, up to 2 years; 0 for nothing. Needs forceHttps")
        @Nullable
        Long hstsSeconds,

        @Schema(description = "The certificate is had and renewed by ACME") @Nullable
        Boolean automaticCertificate) {
    private static final int PERMANENT = 308;

    static DomainOptions of(DomainSettings settings) {
        Redirect redirect = settings.redirect();
        return new DomainOptions(
                settings.stripPath(),
                redirect == null ? null : redirect.to().value(),
                redirect == null ? null : redirect.status(),
                settings.forceHttps(),
                settings.hsts().toSeconds(),
                settings.automatic());
    }

    /// @throws IllegalArgumentException with a sentence when a value can't be
    DomainSettings toSettings() {
        String to = redirectTo;
        if (to == null && redirectStatus != null) {
            throw new IllegalArgumentException("A redirect's status needs a host to go to: redirectTo.");
        }
        Redirect redirect =
                to == null ? null : new Redirect(HostName.of(to), redirectStatus == null ? PERMANENT : redirectStatus);
        return new DomainSettings(
                Boolean.TRUE.equals(stripPath),
                redirect,
                Boolean.TRUE.equals(forceHttps),
                Duration.ofSeconds(hstsSeconds == null ? 0 : hstsSeconds),
                Boolean.TRUE.equals(automaticCertificate));
    }
}
