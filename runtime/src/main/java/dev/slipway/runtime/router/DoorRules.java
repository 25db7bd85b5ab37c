package dev.slipway.runtime.router;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an app's owner wants of its visitors. Decides about a request from its head alone.
///
/// @param appId the app's, for what is kept of it
/// @param allowed from where one may come in
/// @param guests who may come in; without any, nobody is asked for a password
/// @param accessLog each request is written down
public record DoorRules(
        String app,
        long appId,
        Optional<Addresses> allowed,
        Optional<Maintenance> maintenance,
        Optional<Guests> guests,
        Limits limits,
        boolean accessLog) {
    private static final String SCHEME = "basic ";

    /// A user's password, which takes its time to compare.
    public interface Password {
        /// What changes with it, and tells nothing about it.
        String id();

        boolean fits(String given);
    }

    /// @param byName their passwords
    /// @param nobody is compared with when there is no such user, so that this takes as long; no password fits it
    public record Guests(Map<String, Password> byName, Password nobody) {}

    /// @param notice what the page says, "" for the usual
    public record Maintenance(String notice, int retrySeconds, Addresses allowed) {}

    /// @param bodyBytes the largest body of a request
    /// @param idle how long nothing may happen; without it, as everywhere
    public record Limits(long bodyBytes, Optional<Duration> idle) {
        public static final Limits NONE = new Limits(Long.MAX_VALUE, Optional.empty());
    }

    /// Why somebody doesn't get in.
    public enum Refusal {
        ADDRESS,
        MAINTENANCE,
        PASSWORD,
        BODY
    }

    /// What is known of a request.
    ///
    /// @param address null when it is no IP address
    /// @param authorization its field `Authorization`, null when it has none
    /// @param length of its body as it says, 0 when it doesn't
    record Facts(@Nullable InetAddress address, @Nullable String authorization, long length) {}

    sealed interface Verdict {
        record Enter() implements Verdict {}

        record Refuse(Refusal why, ErrorPage page) implements Verdict {}

        /// May enter when the password fits.
        record Prove(Password password, String user, String given) implements Verdict {}
    }

    Verdict decide(Facts facts) {
        if (allowed.isPresent() && !holds(allowed.get(), facts.address())) {
            return new Verdict.Refuse(Refusal.ADDRESS, DoorPages.notFromHere(app, facts.address()));
        }
        if (maintenance.isPresent() && !holds(maintenance.get().allowed(), facts.address())) {
            return new Verdict.Refuse(Refusal.MAINTENANCE, DoorPages.maintenance(app, maintenance.get()));
        }
        if (facts.length() > limits.bodyBytes()) {
            return new Verdict.Refuse(Refusal.BODY, DoorPages.tooLarge(app, limits.bodyBytes()));
        }
        return guests.isEmpty() ? new Verdict.Enter() : asked(guests.get(), facts.authorization());
    }

    private static boolean holds(Addresses addresses, @Nullable InetAddress address) {
        return address != null && addresses.contains(address);
    }

    /// Who may be sent on to another address.
    boolean mayPass(@Nullable InetAddress address) {
        return allowed.isEmpty() || holds(allowed.get(), address);
    }

    /// RFC 7617.
    private Verdict asked(Guests invited, @Nullable String authorization) {
        String credentials = authorization == null ? null : decoded(authorization);
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        if (credentials == null || colon < 0) {
            return new Verdict.Refuse(Refusal.PASSWORD, DoorPages.passwordNeeded(app));
        }
        String user = credentials.substring(0, colon);
        Password password = invited.byName().getOrDefault(user, invited.nobody());
        return new Verdict.Prove(password, user, credentials.substring(colon + 1));
    }

    private static @Nullable String decoded(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /// Who gets in under these rules may not under the others.
    boolean admitsOthersThan(DoorRules other) {
        return !allowed.equals(other.allowed)
                || !maintenance.equals(other.maintenance)
                || !guests.map(Guests::byName).equals(other.guests.map(Guests::byName));
    }

    /// @param usual how long nothing may happen where no rule says otherwise
    Terms terms(Duration usual) {
        return new Terms(limits.idle().orElse(usual), limits.bodyBytes(), accessLog ? appId : 0, Optional.of(this));
    }
}
