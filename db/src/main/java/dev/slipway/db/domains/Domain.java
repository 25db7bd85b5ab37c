package dev.slipway.db.domains;

import java.time.Instant;

/// A name under which an app is reached, or which sends its visitors on.
public record Domain(
        long id,
        long appId,
        HostName host,
        PathPrefix path,
        DomainSettings settings,
        String createdBy,
        Instant createdAt) {

    /// `shop.example.com/api`
    public String address() {
        return path.all() ? host.readable() : host.readable() + path;
    }
}
