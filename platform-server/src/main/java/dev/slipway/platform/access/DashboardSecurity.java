package dev.slipway.platform.access;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// What the dashboard's framework has to add to the filter chain of its area. The module `ui` supplies it as a
/// bean; without one the area has no log-in page and its views don't exist.
///
/// It doesn't decide who may see what: that is [AccessPolicy]'s table, which is applied after it. With Vaadin
/// it is
///
/// ```java
/// VaadinSecurityConfigurer vaadin = VaadinSecurityConfigurer.vaadin();
/// http.with(vaadin, v -> v.loginView(LoginView.class).enableAuthorizedRequestsConfiguration(false));
/// return vaadin.defaultPermitMatcher();
/// ```
///
/// The log-in form posts `username` and `password` to `/login`. A failed log-in comes back to
/// `/login?error=wrong`, or, when there were too many, to `/login?error=wait&seconds=30`.
@FunctionalInterface
public interface DashboardSecurity {
    /// Adds the framework's part to `http`.
    ///
    /// @return the framework's own requests and public files, which have to work before the log-in; never a
    ///     view
    RequestMatcher configure(HttpSecurity http);
}
