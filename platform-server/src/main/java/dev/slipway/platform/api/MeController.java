package dev.slipway.platform.api;

import dev.slipway.platform.access.Accounts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The caller.
@Tag(name = "Account")
@RestController
@RequestMapping("/api/v1/me")
class MeController {
    private final Accounts accounts;

    MeController(Accounts accounts) {
        this.accounts = accounts;
    }

    /// Who asks. `csrfToken`: what the header `X-CSRF-TOKEN` must say in requests that change something with
    /// the dashboard's session; null when asked with an API token, which needs none.
    record Me(String name, @Nullable String csrfToken) {}

    record PasswordChange(
            @NotNull(message = "The present password is missing.")
            String present,

            @NotNull(message = "The new password is missing.")
            String wanted) {
        @Override
        public String toString() {
            return "PasswordChange[***]";
        }
    }

    @Operation(operationId = "getMe", summary = "Who you are")
    @GetMapping
    Me me(Principal caller, HttpServletRequest request) {
        boolean session = request.getHeader("Authorization") == null;
        CsrfToken csrf =
                session && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token : null;
        return new Me(caller.getName(), csrf == null ? null : csrf.getToken());
    }

    @Operation(operationId = "changePassword", summary = "Change your password; your other sessions end")
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@Valid @RequestBody PasswordChange change, Principal caller, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String sessionId = session == null ? null : session.getId();
        accounts.changePassword(
                new Accounts.Caller(caller.getName(), request.getRemoteAddr(), sessionId),
                change.present(),
                change.wanted());
    }
}
