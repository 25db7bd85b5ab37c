package dev.slipway.platform.api;

import dev.slipway.db.access.Token;
import dev.slipway.platform.access.IssuedToken;
import dev.slipway.platform.access.TokenService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The caller's personal access tokens.
@Tag(name = "Account")
@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {
    private final TokenService tokens;

    TokenController(TokenService tokens) {
        this.tokens = tokens;
    }

    record NewToken(
            @NotNull(message = "A token needs a name that says what it is for.")
            String name,

            @Nullable Instant expiresAt) {}

    /// A token without its secret; `hint` is how it begins.
    record TokenView(
            long id,
            String name,
            String hint,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static TokenView of(Token token) {
            return new TokenView(
                    token.id(), token.name(), token.hint(), token.createdAt(), token.expiresAt(), token.lastUsedAt());
        }
    }

    /// A new token with its secret, which is shown this once.
    record CreatedToken(
            long id, String name, String token, @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "CreatedToken[" + id + "]";
        }
    }

    @Operation(operationId = "listTokens", summary = "Your API tokens")
    @GetMapping
    Page<TokenView> list(Principal caller) {
        return Page.whole(
                tokens.list(caller.getName()).stream().map(TokenView::of).toList());
    }

    @Operation(operationId = "createToken", summary = "Make an API token; it is shown this once")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedToken create(@Valid @RequestBody NewToken wish, Principal caller) {
        IssuedToken issued = tokens.create(caller.getName(), wish.name(), wish.expiresAt());
        return new CreatedToken(
                issued.token().id(),
                issued.token().name(),
                issued.secret(),
                issued.token().expiresAt());
    }

    @Operation(operationId = "revokeToken", summary = "Revoke an API token")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable long id, Principal caller) {
        tokens.revoke(caller.getName(), id);
    }
}
