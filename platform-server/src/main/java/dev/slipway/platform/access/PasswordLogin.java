package dev.slipway.platform.access;

import dev.slipway.db.access.User;
import dev.slipway.db.access.UserStore;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/// Checks a user's name and password for the dashboard's log-in. It takes as long for a user that doesn't
/// exist.
@Component
class PasswordLogin implements AuthenticationProvider {
    private final UserStore users;
    private final PasswordEncoder encoder;
    private final LoginThrottle throttle;
    private final String nobodysHash;

    PasswordLogin(UserStore users, PasswordEncoder encoder, LoginThrottle throttle) {
        this.users = users;
        this.encoder = encoder;
        this.throttle = throttle;
        this.nobodysHash = encoder.encode(TokenSecret.random().value());
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String name = login.getName();
        String password = String.valueOf(login.getCredentials());
        String address =
                login.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        throttle.attempt(name, address);
        Optional<User> user = users.find(name);
        boolean right = encoder.matches(password, user.map(User::passwordHash).orElse(nobodysHash));
        if (!right || user.isEmpty()) {
            throw new BadCredentialsException("The user name or the password is wrong.");
        }
        throttle.succeeded(name, address);
        UsernamePasswordAuthenticationToken loggedIn =
                UsernamePasswordAuthenticationToken.authenticated(user.get().name(), null, Authorities.USER);
        loggedIn.setDetails(login.getDetails());
        return loggedIn;
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
