package dev.slipway.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/// Back to the log-in page, which shows why.
final class LoginFailure implements AuthenticationFailureHandler {
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        String query = e instanceof TooManyAttempts wait ? "error=wait&seconds=" + wait.seconds() : "error=wrong";
        response.sendRedirect(request.getContextPath() + "/login?" + query);
    }
}
