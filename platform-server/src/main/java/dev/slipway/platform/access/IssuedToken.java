package dev.slipway.platform.access;

import dev.slipway.db.access.Token;

/// A new token with its secret, which is shown this once.
public record IssuedToken(Token token, String secret) {
    @Override
    public String toString() {
        return "IssuedToken[" + token.id() + "]";
    }
}
