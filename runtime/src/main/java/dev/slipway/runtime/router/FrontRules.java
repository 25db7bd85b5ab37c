package dev.slipway.runtime.router;

import java.util.Map;
import java.util.Optional;

/// What the front door knows beside apps' instances: one immutable snapshot, replaced as a whole.
///
/// @param challenges what a certificate authority is answered, by token (RFC 8555, 8.3)
/// @param doors the rules of apps that have some, by the app's name
/// @param known they were read; otherwise nobody knows whom an app lets in, so none lets in anybody
public record FrontRules(
        Domains domains,
        Certificates certificates,
        Map<String, String> challenges,
        Map<String, DoorRules> doors,
        boolean known) {
    public static final FrontRules NONE = new FrontRules(Domains.NONE, Certificates.NONE, Map.of());
    public static final FrontRules UNKNOWN = new FrontRules(Domains.NONE, Certificates.NONE, Map.of(), Map.of(), false);

    public FrontRules {
        doors = Map.copyOf(doors);
    }

    public FrontRules(
            Domains domains, Certificates certificates, Map<String, String> challenges, Map<String, DoorRules> doors) {
        this(domains, certificates, challenges, doors, true);
    }

    /// Every app lets everybody in.
    public FrontRules(Domains domains, Certificates certificates, Map<String, String> challenges) {
        this(domains, certificates, challenges, Map.of());
    }

    /// Who got in to the app under rules from before (without any, if it had none) may not under these.
    boolean admitOthersThan(Optional<DoorRules> before, String app) {
        DoorRules now = doors.get(app);
        return now != null && (before.isEmpty() || now.admitsOthersThan(before.get()));
    }
}
