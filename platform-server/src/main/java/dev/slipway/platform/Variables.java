package dev.slipway.platform;

import java.util.List;
import java.util.Map;

/// The `SLIPWAY_…` variables as they were at the start.
public record Variables(Map<String, String> values) {
    static final List<String> NAMES = List.of(
            "SLIPWAY_HOME",
            "SLIPWAY_DB_URL",
            "SLIPWAY_DB_USER",
            "SLIPWAY_DB_PASSWORD",
            "SLIPWAY_HTTP_BIND",
            "SLIPWAY_HTTP_PORT",
            "SLIPWAY_HTTPS_PORT",
            "SLIPWAY_ACME_DIRECTORY",
            "SLIPWAY_ACME_CONTACT",
            "SLIPWAY_PLATFORM_PORT",
            "SLIPWAY_RUNTIME_PORT",
            "SLIPWAY_DOMAIN",
            "SLIPWAY_SCHEME",
            "SLIPWAY_ALLOW_PRIVATE_REPOSITORIES",
            "SLIPWAY_ALLOW_PRIVATE_DRAINS",
            "SLIPWAY_MAX_PACK_MB",
            "SLIPWAY_MAX_OBJECT_MB",
            "SLIPWAY_REGISTRY_RESERVE_MB",
            "SLIPWAY_REGISTRY_LARGEST_BLOB_MB",
            "SLIPWAY_KEEP_RELEASES");

    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
