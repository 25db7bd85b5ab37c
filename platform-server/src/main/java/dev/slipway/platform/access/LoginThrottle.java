package dev.slipway.platform.access;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Slows down who guesses passwords: five tries for a user from an address, then waiting times that double from
/// 2 s to 15 min; and, from wherever they come, 20 wrong passwords at once and one a second after that (which
/// also bounds what bcrypt costs). Who has logged in from an address before isn't counted among the latter, so
/// that guessing elsewhere doesn't lock him out.
@Component
class LoginThrottle {
    private static final Backoff.Patience PATIENCE =
            new Backoff.Patience(5, Duration.ofSeconds(2), Duration.ofMinutes(15));

    private final Throttle perUserAndAddress;
    private final Bucket everywhere;
    private final Recent<String> known = new Recent<>(1_000);

    LoginThrottle(Clock clock) {
        this.perUserAndAddress = new Throttle(PATIENCE, clock);
        this.everywhere = new Bucket(20, Duration.ofSeconds(1), clock);
    }

    /// Asks for a try, which counts as failed until [#succeeded].
    ///
    /// @throws TooManyAttempts when it has to wait
    void attempt(String user, String address) {
        String key = key(user, address);
        refuse(perUserAndAddress.wait(key));
        if (!known.contains(key)) {
            refuse(everywhere.take());
        }
        perUserAndAddress.failed(key);
    }

    void succeeded(String user, String address) {
        String key = key(user, address);
        perUserAndAddress.succeeded(key);
        if (!known.contains(key)) {
            everywhere.giveBack();
            known.add(key);
        }
    }

    private static void refuse(Duration wait) {
        if (!wait.isZero()) {
            throw new TooManyAttempts(wait);
        }
    }

    private static String key(String user, String address) {
        return address + " " + (user.length() <= 100 ? user : user.substring(0, 100));
    }
}
