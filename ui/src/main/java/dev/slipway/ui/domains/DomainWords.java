package dev.slipway.ui.domains;

import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.Redirect;
import dev.slipway.platform.domains.DnsAnswer;
import dev.slipway.platform.domains.DomainView;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the states of domains and certificates are called, and what to do about them.
final class DomainWords {
    private static final Duration SOON = Duration.ofDays(14);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
            .withLocale(Locale.UK)
            .withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm").withLocale(Locale.UK).withZone(ZoneId.systemDefault());

    /// A state, and a sentence that explains it.
    record Said(Status status, String detail) {
        static Said of(String word, Tone tone, String detail) {
            return new Said(new Status(word, tone), detail);
        }
    }

    private DomainWords() {}

    static Said dns(DnsAnswer answer) {
        String addresses = String.join(", ", answer.addresses());
        return switch (answer.pointing()) {
            case HERE -> Said.of("Points here", Tone.GOOD, addresses);
            case ELSEWHERE ->
                Said.of(
                        "Points elsewhere",
                        Tone.WARN,
                        addresses + ". If that isn't a proxy of yours, change its DNS record to this machine.");
            case NOWHERE ->
                Said.of("Not in DNS yet", Tone.WARN, "Add an A or AAAA record with this machine's address.");
            case UNKNOWN ->
                Said.of(
                        "Not known",
                        Tone.NEUTRAL,
                        addresses.isEmpty()
                                ? "DNS hasn't answered in time."
                                : addresses + ", and this machine's own address isn't known.");
        };
    }

    /// @param served the front door serves https itself
    static Said https(DomainView view, boolean served, Instant now) {
        if (!served) {
            return Said.of("HTTP", Tone.NEUTRAL, "HTTPS isn't turned on (SLIPWAY_HTTPS_PORT).");
        }
        Certificate certificate = view.certificate();
        CertificateOrder order = view.order();
        if (certificate != null && now.isBefore(certificate.notAfter())) {
            String until = "Until " + day(certificate.notAfter()) + ", by " + certificate.issuer();
            boolean ends = now.plus(SOON).isAfter(certificate.notAfter());
            return ends && order != null && order.message() != null
                    ? Said.of("Renewal failed", Tone.BAD, order.message())
                    : Said.of(ends ? "HTTPS, ends soon" : "HTTPS", ends ? Tone.WARN : Tone.GOOD, until);
        }
        if (order != null) {
            return ordered(order, now);
        }
        return certificate == null
                ? Said.of("No certificate", Tone.NEUTRAL, "Visitors of https get an error until there is one.")
                : Said.of("Certificate ended", Tone.BAD, "On " + day(certificate.notAfter()) + ".");
    }

    private static Said ordered(CertificateOrder order, Instant now) {
        return switch (order.state()) {
            case WAITING, ISSUED ->
                order.dueAt().isAfter(now)
                        ? Said.of("No certificate", Tone.WARN, "It is ordered at " + time(order.dueAt()) + ".")
                        : Said.of("Certificate comes", Tone.ACTIVE, "It is ordered in a moment.");
            case ORDERING -> Said.of("Getting certificate", Tone.ACTIVE, "The authority is being asked.");
            case FAILED -> Said.of("No certificate", Tone.BAD, order.message() == null ? "" : order.message());
        };
    }

    /// How the domain behaves, beyond leading to the app.
    static String behaviour(Domain domain) {
        Redirect redirect = domain.settings().redirect();
        if (redirect != null) {
            return "Redirects to " + redirect.to().readable() + " (" + redirect.status() + ")";
        }
        List<String> parts = new ArrayList<>();
        if (!domain.path().all()) {
            parts.add(
                    domain.settings().stripPath()
                            ? "paths below " + domain.path() + ", which the app doesn't see"
                            : "paths below " + domain.path());
        }
        if (domain.settings().forceHttps()) {
            parts.add(domain.settings().hsts().isZero() ? "always HTTPS" : "always HTTPS, strict");
        }
        String all = String.join("; ", parts);
        return all.isEmpty() ? "" : Character.toUpperCase(all.charAt(0)) + all.substring(1);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String day(Instant instant) {
        return DAY.format(instant);
    }
}
