package dev.slipway.platform.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses log-ins sent from another site's page. Vaadin's log-in form carries no CSRF token, so that a page
/// left open for long still works; browsers say by themselves where a request comes from (`Sec-Fetch-Site`, W3C
/// Fetch Metadata).
final class SameSiteLogin extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("POST")
                && request.getRequestURI().equals("/login")
                && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "A log-in must come from Slipway's own page.");
            return;
        }
        chain.doFilter(request, response);
    }
}
