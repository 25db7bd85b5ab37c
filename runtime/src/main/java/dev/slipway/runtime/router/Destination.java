package dev.slipway.runtime.router;

/// Whom a request is for, by its host.
sealed interface Destination {
    record Platform() implements Destination {}

    record App(String name) implements Destination {}

    /// Nobody we know.
    record Stranger() implements Destination {}

    static Destination of(HostHeader host, String domain) {
        if (host.literal() || host.name().equals(domain) || host.name().equals("localhost")) {
            return new Platform();
        }
        String suffix = "." + domain;
        if (host.name().endsWith(suffix)) {
            String label = host.name().substring(0, host.name().length() - suffix.length());
            return label.isEmpty() || label.contains(".") ? new Stranger() : new App(label);
        }
        return new Stranger();
    }
}
