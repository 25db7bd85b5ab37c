package dev.slipway.db.releases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an instance is asked for its health, beside the path; part of its process spec. What is null has its
/// default.
///
/// @param host what an HTTP check says in `Host`; null: the app's own name
/// @param command run in the instance's container, once it listens; it is well when the command ends with 0
/// @param intervalSeconds how often an instance that was healthy is asked again
/// @param timeoutSeconds how long it may take to answer
/// @param failures in a row, after which it gets no requests as long as others do; after three times as many it
///     is replaced
public record HealthCheck(
        @Nullable String host,
        @Nullable List<String> command,
        @Nullable Integer intervalSeconds,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer failures) {
    public static final HealthCheck DEFAULT = new HealthCheck(null, null, null, null, null);
    public static final int INTERVAL_SECONDS = 10;
    public static final int TIMEOUT_SECONDS = 5;
    public static final int FAILURES = 3;

    /// @throws IllegalArgumentException with a message for the user
    public HealthCheck {
        ProcessSpec.require(
                host == null || host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?"),
                "The health check's host must be a host name, with a port if need be.");
        command = command == null ? null : ProcessSpec.checked(command);
        ProcessSpec.require(
                intervalSeconds == null || intervalSeconds >= 1 && intervalSeconds <= 3600,
                "The health check's interval must be between 1 s and 1 h.");
        ProcessSpec.require(
                timeoutSeconds == null || timeoutSeconds >= 1 && timeoutSeconds <= 60,
                "The health check's time limit must be between 1 s and 60 s.");
        ProcessSpec.require(
                failures == null || failures >= 1 && failures <= 100,
                "The number of failed health checks in a row must be between 1 and 100.");
    }

    /// What it says, and where it says nothing, what `settings` say; null when neither says anything.
    static @Nullable HealthCheck over(@Nullable HealthCheck said, @Nullable HealthCheck settings) {
        if (said == null || settings == null) {
            return said == null ? settings : said;
        }
        return new HealthCheck(
                said.host == null ? settings.host : said.host,
                said.command == null ? settings.command : said.command,
                said.intervalSeconds == null ? settings.intervalSeconds : said.intervalSeconds,
                said.timeoutSeconds == null ? settings.timeoutSeconds : said.timeoutSeconds,
                said.failures == null ? settings.failures : said.failures);
    }

    public int interval() {
        return intervalSeconds == null ? INTERVAL_SECONDS : intervalSeconds;
    }

    public int timeout() {
        return timeoutSeconds == null ? TIMEOUT_SECONDS : timeoutSeconds;
    }

    public int threshold() {
        return failures == null ? FAILURES : failures;
    }
}
