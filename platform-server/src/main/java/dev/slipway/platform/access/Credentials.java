package dev.slipway.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads and judges `Authorization` headers: Basic (RFC 7617) for Git and the registry, Bearer (RFC 6750) for
/// the API.
@Component
class Credentials {
    private final TokenCheck tokens;
    private final ProgramCredentials programs;

    Credentials(TokenCheck tokens, ProgramCredentials programs) {
        this.tokens = tokens;
        this.programs = programs;
    }

    private record Basic(String user, String password) {}

    Verdict ofGit(HttpServletRequest request) {
        return tokens.check(basic(request).map(Basic::password).orElse(""), request.getRemoteAddr());
    }

    /// A program's name can't be a token's user: whoever calls himself one has to have its password.
    Verdict ofRegistry(HttpServletRequest request) {
        Optional<Basic> basic = basic(request);
        if (basic.isPresent()
                && programs.matches(basic.get().user(), basic.get().password())) {
            return new Verdict.Accepted(basic.get().user(), true);
        }
        return tokens.check(basic.map(Basic::password).orElse(""), request.getRemoteAddr());
    }

    Verdict ofApi(HttpServletRequest request) {
        return tokens.check(ofBearer(request).orElse(""), request.getRemoteAddr());
    }

    static Optional<String> ofBearer(HttpServletRequest request) {
        return value(request, "bearer");
    }

    private static Optional<Basic> basic(HttpServletRequest request) {
        return value(request, "basic").flatMap(Credentials::decode);
    }

    private static Optional<Basic> decode(String value) {
        try {
            String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(HttpServletRequest request, String scheme) {
        String header = TokenFilter.header(request);
        if (header == null) {
            return Optional.empty();
        }
        int space = header.indexOf(' ');
        return space > 0 && header.substring(0, space).toLowerCase(Locale.ROOT).equals(scheme)
                ? Optional.of(header.substring(space + 1).strip())
                : Optional.empty();
    }
}
