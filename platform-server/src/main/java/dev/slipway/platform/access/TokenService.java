package dev.slipway.platform.access;

import dev.slipway.db.Database;
import dev.slipway.db.access.Token;
import dev.slipway.db.access.TokenStore;
import dev.slipway.db.access.User;
import dev.slipway.db.access.UserStore;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.platform.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// A user's personal access tokens.
@Service
public class TokenService {
    private static final int NAME_LIMIT = 100;
    private static final int TOKENS_LIMIT = 200;

    private final Database database;
    private final UserStore users;
    private final TokenStore tokens;
    private final EventLog events;

    TokenService(Database database, UserStore users, TokenStore tokens, EventLog events) {
        this.database = database;
        this.users = users;
        this.tokens = tokens;
        this.events = events;
    }

    /// @param expiresAt null: never
    /// @throws Problem INVALID when the name or the time can't be, CONFLICT when the user has too many
    public IssuedToken create(String userName, String name, @Nullable Instant expiresAt) {
        String trimmed = name.strip();
        if (trimmed.isEmpty()
                || trimmed.length() > NAME_LIMIT
                || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "A token needs a name of 1 to " + NAME_LIMIT + " characters that says what it is for.");
        }
        if (expiresAt != null && !expiresAt.isAfter(Instant.now())) {
            throw Problem.invalid(
                    "The token would have expired already (" + expiresAt + "). Give a time in the future, or none.");
        }
        User user = user(userName);
        if (tokens.ofUser(user.id()).size() >= TOKENS_LIMIT) {
            throw Problem.conflict(
                    "There are already " + TOKENS_LIMIT + " tokens. Revoke those that aren't used any more.");
        }
        TokenSecret secret = TokenSecret.random();
        return database.inTransaction(() -> {
            Token token = tokens.create(user.id(), trimmed, secret.hash(), secret.hint(), expiresAt);
            events.platform(
                    EventKind.TOKEN_CREATED, userName, "Token \"" + trimmed + "\" (" + secret.hint() + "…) created");
            return new IssuedToken(token, secret.value());
        });
    }

    /// The user's tokens, newest first, expired ones too.
    public List<Token> list(String userName) {
        return tokens.ofUser(user(userName).id());
    }

    /// Ends a token: the next request with it is refused.
    ///
    /// @throws Problem NOT_FOUND
    public void revoke(String userName, long id) {
        User user = user(userName);
        database.inTransaction(() -> {
            if (!tokens.revoke(user.id(), id)) {
                throw Problem.notFound("You have no token " + id + ".");
            }
            events.platform(EventKind.TOKEN_REVOKED, userName, "Token " + id + " revoked");
        });
    }

    private User user(String name) {
        return users.find(name).orElseThrow(() -> Problem.notFound("There is no user \"" + name + "\"."));
    }
}
