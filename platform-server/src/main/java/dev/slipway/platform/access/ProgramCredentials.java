package dev.slipway.platform.access;

import dev.slipway.db.secrets.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The credentials with which the platform's own programs use the registry; each derives its own from the
/// master key.
@Component
class ProgramCredentials {
    private final Map<String, String> passwords;

    ProgramCredentials(MasterKey masterKey) {
        this.passwords = Map.of(
                "slipway-worker", masterKey.derive("registry/worker"),
                "slipway-runtime", masterKey.derive("registry/runtime"));
    }

    /// Takes equally long whatever is wrong.
    boolean matches(String user, String password) {
        String right = passwords.get(user);
        return right != null
                && MessageDigest.isEqual(
                        right.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }
}
