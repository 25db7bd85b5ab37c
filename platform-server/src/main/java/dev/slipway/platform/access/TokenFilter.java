package dev.slipway.platform.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.web.filter.OncePerRequestFilter;

/// Logs in, for one request, who shows good credentials in its `Authorization` header; answers at once when
/// they are bad. Without the header it does nothing, and the policy decides.
final class TokenFilter extends OncePerRequestFilter {
    private static final String HEADER = "Authorization";

    private final Function<HttpServletRequest, Verdict> credentials;
    private final Refusals refusals;

    /// @param credentials judges a request that has the header
    TokenFilter(Function<HttpServletRequest, Verdict> credentials, Refusals refusals) {
        this.credentials = credentials;
        this.refusals = refusals;
    }

    static boolean hasCredentials(HttpServletRequest request) {
        return header(request) != null;
    }

    static @Nullable String header(HttpServletRequest request) {
        return request.getHeader(HEADER);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!hasCredentials(request)) {
            chain.doFilter(request, response);
            return;
        }
        Verdict verdict = credentials.apply(request);
        if (verdict instanceof Verdict.Accepted accepted) {
            SecurityContextHolder.setContext(logIn(accepted, request));
            chain.doFilter(request, response);
        } else {
            refusals.refuse(verdict, request, response);
        }
    }

    private static SecurityContext logIn(Verdict.Accepted accepted, HttpServletRequest request) {
        UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.authenticated(
                accepted.name(), null, accepted.program() ? Authorities.PROGRAM : Authorities.USER);
        login.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(login);
        return context;
    }
}
