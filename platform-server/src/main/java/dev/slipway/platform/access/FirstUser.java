package dev.slipway.platform.access;

import dev.slipway.db.access.UserStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/// Makes the administrator at the first start, before the first request can come.
///
/// The password is in its file before the user exists: a crash between the two leaves a password without a
/// user, which the next start takes up again, and never a user whose password nobody knows.
@Component
class FirstUser implements SmartInitializingSingleton {
    static final String NAME = "admin";
    private static final Logger log = LoggerFactory.getLogger(FirstUser.class);

    private final UserStore users;
    private final PasswordEncoder encoder;
    private final PasswordFile file;

    FirstUser(UserStore users, PasswordEncoder encoder, PasswordFile file) {
        this.users = users;
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (users.find(NAME).isPresent()) {
            return;
        }
        String password = file.readOrCreate();
        if (users.createIfAbsent(NAME, encoder.encode(password))) {
            log.info("made the user \"{}\"; the password is in {}", NAME, file.path());
        }
    }
}
