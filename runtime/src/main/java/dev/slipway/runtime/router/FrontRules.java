package dev.slipway.runtime.router;

import java.util.Map;

/// What the front door knows beside apps' instances: one immutable snapshot, replaced as a whole.
///
/// @param challenges what a certificate authority is answered, by token (RFC 8555, 8.3)
public record FrontRules(Domains domains, Certificates certificates, Map<String, String> challenges) {
    public static final FrontRules NONE = new FrontRules(Domains.NONE, Certificates.NONE, Map.of());

    public FrontRules {
        challenges = Map.copyOf(challenges);
    }
}
