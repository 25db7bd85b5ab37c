package dev.slipway.db.apps;

import java.util.Set;
import java.util.regex.Pattern;

/// An app's name: a DNS label (RFC 1123), because it is the first label of the app's host, and a repository
/// name of the registry.
public record AppName(String value) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of(
            "slipway",
            "www",
            "api",
            "git",
            "registry",
            "admin",
            "dashboard",
            "hooks",
            "v2",
            "localhost",
            "login",
            "logout");

    /// @throws IllegalArgumentException with a message for the user when it isn't such a label or is reserved
    public AppName {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "An app's name becomes part of its address: 1 to 63 of a-z, 0-9 and '-', beginning and"
                            + " ending with a letter or digit. \"" + abbreviate(value) + "\" isn't such a name.");
        }
        if (RESERVED.contains(value)) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is reserved for the platform itself. Choose another name.");
        }
    }

    private static String abbreviate(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }

    @Override
    public String toString() {
        return value;
    }
}
