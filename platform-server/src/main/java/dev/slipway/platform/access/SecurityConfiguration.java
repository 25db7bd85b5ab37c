package dev.slipway.platform.access;

import dev.slipway.platform.access.AccessPolicy.Area;
import dev.slipway.platform.access.AccessPolicy.Rule;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/// One filter chain for each area of [AccessPolicy], with the policy's rules and nothing else decided here.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    @Order(1)
    SecurityFilterChain publicArea(HttpSecurity http, JsonMapper json) {
        stateless(http, Area.PUBLIC, json);
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain gitArea(HttpSecurity http, JsonMapper json, Credentials credentials) {
        Refusals refusals = stateless(http, Area.GIT, json);
        acceptCredentials(http, credentials::ofGit, refusals);
        return http.build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain registryArea(HttpSecurity http, JsonMapper json, Credentials credentials) {
        Refusals refusals = stateless(http, Area.REGISTRY, json);
        acceptCredentials(http, credentials::ofRegistry, refusals);
        return http.build();
    }

    /// Bearer tokens need no protection against CSRF, because no browser sends them by itself; sessions do.
    @Bean
    @Order(4)
    SecurityFilterChain apiArea(HttpSecurity http, JsonMapper json, Credentials credentials) {
        Refusals refusals = new Refusals(Area.API, json);
        http.securityMatcher(roots(Area.API))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::isChangeInSession))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        acceptCredentials(http, credentials::ofApi, refusals);
        SecurityHeaders.forData(http);
        authorize(http, Area.API);
        return http.build();
    }

    @Bean
    @Order(5)
    SecurityFilterChain dashboardArea(
            HttpSecurity http, ObjectProvider<DashboardSecurity> dashboard, Sessions sessions) {
        DashboardSecurity framework = dashboard.getIfAvailable(() -> nothing -> request -> false);
        RequestMatcher openRequests = framework.configure(http);
        http.formLogin(form -> form.loginPage("/login").failureHandler(new LoginFailure()));
        http.sessionManagement(management -> management.addSessionAuthenticationStrategy(sessions));
        http.csrf(csrf -> csrf.ignoringRequestMatchers(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/login")));
        http.addFilterBefore(new SameSiteLogin(), CsrfFilter.class);
        SecurityHeaders.forPages(http);
        http.authorizeHttpRequests(
                requests -> requests.requestMatchers(openRequests).permitAll());
        authorize(http, Area.DASHBOARD);
        return http.build();
    }

    private static Refusals stateless(HttpSecurity http, Area area, JsonMapper json) {
        Refusals refusals = new Refusals(area, json);
        http.securityMatcher(roots(area))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        SecurityHeaders.forData(http);
        authorize(http, area);
        return refusals;
    }

    private static void acceptCredentials(
            HttpSecurity http, Function<HttpServletRequest, Verdict> credentials, Refusals refusals) {
        http.addFilterBefore(new TokenFilter(credentials, refusals), AnonymousAuthenticationFilter.class);
    }

    /// What the server does with a request that it let in (forwards, answers later, error pages) is allowed;
    /// all else is as in the table.
    private static void authorize(HttpSecurity http, Area area) {
        http.authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll();
            for (Rule rule : AccessPolicy.rules(area)) {
                var matched = requests.requestMatchers(matcher(rule));
                switch (rule.who()) {
                    case ANYBODY -> matched.permitAll();
                    case USERS -> matched.hasRole(Authorities.USER_ROLE);
                    case USERS_AND_PROGRAMS -> matched.hasAnyRole(Authorities.USER_ROLE, Authorities.PROGRAM_ROLE);
                    case NOBODY -> matched.denyAll();
                }
            }
            requests.anyRequest().denyAll();
        });
    }

    private static RequestMatcher matcher(Rule rule) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        List<RequestMatcher> matchers = rule.methods().stream()
                .map(method -> (RequestMatcher) paths.matcher(method, rule.pattern()))
                .toList();
        return new OrRequestMatcher(matchers);
    }

    private static RequestMatcher roots(Area area) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(area.roots().stream()
                .map(root -> (RequestMatcher) paths.matcher(root))
                .toList());
    }

    private static boolean isChangeInSession(HttpServletRequest request) {
        HttpMethod method = HttpMethod.valueOf(request.getMethod());
        if (method == HttpMethod.GET
                || method == HttpMethod.HEAD
                || method == HttpMethod.OPTIONS
                || TokenFilter.hasCredentials(request)) {
            return false;
        }
        Authentication session = SecurityContextHolder.getContext().getAuthentication();
        return session != null && session.isAuthenticated();
    }
}
