package dev.slipway.ui.access;

import com.vaadin.flow.spring.security.AuthenticationContext;
import org.springframework.stereotype.Component;

/// Who is logged in here.
@Component
public class CurrentUser {
    private final AuthenticationContext authentication;

    CurrentUser(AuthenticationContext authentication) {
        this.authentication = authentication;
    }

    /// @throws IllegalStateException when nobody is, which the access rules of the views don't let happen
    public String name() {
        return authentication.getPrincipalName().orElseThrow(() -> new IllegalStateException("nobody is logged in"));
    }

    public void logOut() {
        authentication.logout();
    }
}
