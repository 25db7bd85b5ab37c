package dev.slipway.platform.access;

import dev.slipway.db.access.Token;
import dev.slipway.db.access.TokenStore;
import dev.slipway.db.access.User;
import dev.slipway.db.access.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Decides whether a token is good. An address with many wrong ones has to wait; tokens that were good lately
/// are still looked up from there, so that a script with an old token doesn't lock out its neighbours. Revoked
/// means refused at once: nothing is cached.
@Component
class TokenCheck {
    private static final Backoff.Patience PATIENCE =
            new Backoff.Patience(20, Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int REMEMBERED = 1_000;
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final TokenStore tokens;
    private final UserStore users;
    private final Clock clock;
    private final Throttle addresses;
    private final Recent<String> goodLately = new Recent<>(REMEMBERED);

    TokenCheck(TokenStore tokens, UserStore users, Clock clock) {
        this.tokens = tokens;
        this.users = users;
        this.clock = clock;
        this.addresses = new Throttle(PATIENCE, clock);
    }

    Verdict check(String text, String address) {
        Optional<TokenSecret> secret = TokenSecret.parse(text);
        byte[] hash = secret.map(TokenSecret::hash).orElse(new byte[0]);
        String key = HexFormat.of().formatHex(hash);
        Duration wait = addresses.wait(address);
        if (!wait.isZero() && !goodLately.contains(key)) {
            return new Verdict.Throttled(wait.plusMillis(999).toSeconds());
        }
        Verdict verdict = secret.isEmpty() ? new Verdict.NotAToken() : lookUp(hash, key);
        if (!(verdict instanceof Verdict.Accepted)) {
            addresses.failed(address);
            goodLately.remove(key);
        }
        return verdict;
    }

    /// One that was accepted still is.
    boolean isGood(String text) {
        return TokenSecret.parse(text)
                .map(TokenSecret::hash)
                .map(hash -> lookUp(hash, HexFormat.of().formatHex(hash)))
                .filter(Verdict.Accepted.class::isInstance)
                .isPresent();
    }

    private Verdict lookUp(byte[] hash, String key) {
        Optional<Token> found = tokens.find(hash);
        if (found.isEmpty()) {
            return new Verdict.Unknown();
        }
        Token token = found.get();
        Instant now = clock.instant();
        if (token.expiresAt() != null && !token.expiresAt().isAfter(now)) {
            return new Verdict.Expired(token.expiresAt());
        }
        Optional<User> user = users.find(token.userId());
        if (user.isEmpty()) {
            return new Verdict.Unknown();
        }
        if (token.lastUsedAt() == null || token.lastUsedAt().isBefore(now.minus(NOTED_EVERY))) {
            tokens.used(token.id());
        }
        goodLately.add(key);
        return new Verdict.Accepted(user.get().name(), false);
    }
}
