package dev.slipway.platform.access;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// The security headers of answers.
final class SecurityHeaders {
    /// Vaadin's client needs inline scripts and styles, and evaluates the server's JavaScript calls.
    static final String PAGES =
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
                    + "frame-ancestors 'none'";
    static final String DATA = "default-src 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void forPages(HttpSecurity http) {
        write(http, PAGES);
    }

    /// For answers that no browser should show as a page.
    static void forData(HttpSecurity http) {
        write(http, DATA);
    }

    /// Besides these there are Spring Security's own: nosniff, no caching, X-Frame-Options, and HSTS on HTTPS.
    private static void write(HttpSecurity http, String contentSecurityPolicy) {
        http.headers(headers -> headers.frameOptions(frames -> frames.deny())
                .contentSecurityPolicy(policy -> policy.policyDirectives(contentSecurityPolicy))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
    }
}
