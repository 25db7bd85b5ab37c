package dev.slipway.platform.access;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// What somebody who has shown who he is may be: a user, or one of the platform's own programs.
final class Authorities {
    static final String USER_ROLE = "USER";
    static final String PROGRAM_ROLE = "PROGRAM";
    static final List<GrantedAuthority> USER = List.of(new SimpleGrantedAuthority("ROLE_" + USER_ROLE));
    static final List<GrantedAuthority> PROGRAM = List.of(new SimpleGrantedAuthority("ROLE_" + PROGRAM_ROLE));

    private Authorities() {}
}
