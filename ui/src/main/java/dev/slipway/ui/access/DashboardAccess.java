package dev.slipway.ui.access;

import com.vaadin.flow.spring.security.NavigationAccessControlConfigurer;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.slipway.platform.access.DashboardSecurity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Vaadin's part of the filter chain. Who may see which view is the policy's to say, for the first request and
/// for every navigation after it.
@Configuration(proxyBeanMethods = false)
class DashboardAccess {
    /// The style sheets, scripts and pictures of the module.
    private static final String FILES = "/ui/**";
    /// Of libraries for the browser.
    private static final String LIBRARIES = "/webjars/**";

    @Bean
    DashboardSecurity dashboardSecurity() {
        return DashboardAccess::configure;
    }

    @Bean
    NavigationAccessControlConfigurer navigationAccess() {
        return new NavigationAccessControlConfigurer().withNavigationAccessChecker(new PolicyChecker());
    }

    private static RequestMatcher configure(HttpSecurity http) {
        VaadinSecurityConfigurer vaadin = VaadinSecurityConfigurer.vaadin();
        http.with(vaadin, v -> v.loginView(LoginView.class).enableAuthorizedRequestsConfiguration(false));
        http.exceptionHandling(handling -> handling.accessDeniedHandler(new NoSuchPage()));
        return new OrRequestMatcher(
                vaadin.defaultPermitMatcher(),
                PathPatternRequestMatcher.withDefaults().matcher(FILES),
                PathPatternRequestMatcher.withDefaults().matcher(LIBRARIES));
    }
}
