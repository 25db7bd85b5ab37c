package dev.slipway.platform.access;

import dev.slipway.db.access.User;
import dev.slipway.db.access.UserStore;
import dev.slipway.platform.Problem;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/// A user's own account.
@Service
public class Accounts {
    private static final int SHORTEST = 12;
    /// bcrypt looks at no more.
    private static final int LONGEST_BYTES = 72;

    private final UserStore users;
    private final PasswordEncoder encoder;
    private final LoginThrottle throttle;
    private final PasswordFile generated;
    private final Sessions sessions;

    Accounts(
            UserStore users,
            PasswordEncoder encoder,
            LoginThrottle throttle,
            PasswordFile generated,
            Sessions sessions) {
        this.users = users;
        this.encoder = encoder;
        this.throttle = throttle;
        this.generated = generated;
        this.sessions = sessions;
    }

    /// Who wants it, from where: wrong present passwords are slowed down like failed log-ins. `session`: the id
    /// of the session in which it is wanted, null when there is none.
    public record Caller(
            String name, String address, @Nullable String session) {}

    /// Changes the password. The file with the generated one goes away, and the user's other sessions end;
    /// tokens stay.
    ///
    /// @throws Problem INVALID when the present password is wrong or the new one can't be, REFUSED after too
    ///     many
    ///     wrong ones
    public void changePassword(Caller caller, String present, String wanted) {
        String name = caller.name();
        if (wanted.length() < SHORTEST || wanted.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw Problem.invalid(
                    "A password has at least " + SHORTEST + " characters and at most " + LONGEST_BYTES + " bytes.");
        }
        User user = users.find(name).orElseThrow(() -> Problem.notFound("There is no user \"" + name + "\"."));
        try {
            throttle.attempt(name, caller.address());
        } catch (TooManyAttempts e) {
            throw new Problem(Problem.Kind.REFUSED, String.valueOf(e.getMessage()));
        }
        if (!encoder.matches(present, user.passwordHash())) {
            throw Problem.invalid("The present password is wrong; nothing was changed.");
        }
        throttle.succeeded(name, caller.address());
        users.setPassword(user.id(), encoder.encode(wanted));
        if (name.equals(FirstUser.NAME)) {
            generated.delete();
        }
        sessions.endOthers(name, caller.session());
    }
}
