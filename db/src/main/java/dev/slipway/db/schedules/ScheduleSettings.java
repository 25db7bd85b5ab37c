package dev.slipway.db.schedules;

import java.util.List;

/// What a schedule is.
///
/// @param name unique within the app
/// @param cron five fields, or `@daily` and the like
/// @param zone IANA's name of the time zone in which the fields are meant
/// @param command the arguments for the image's entry point
/// @param timeoutSeconds after that a run has failed
public record ScheduleSettings(
        String name,
        String cron,
        String zone,
        List<String> command,
        int timeoutSeconds,
        Overlap overlap,
        Missed missed) {

    /// What happens when it is due and its last run hasn't ended.
    public enum Overlap {
        /// nothing: it waits until it is due again
        SKIP,
        /// another run, beside it
        ALLOW,
        /// the last run is cancelled; when it has ended another one starts
        REPLACE
    }

    /// What happens when it was due while the platform was down.
    public enum Missed {
        /// it runs once, as soon as the platform is back, however often it was due
        RUN_ONCE,
        /// nothing
        SKIP
    }

    public ScheduleSettings {
        command = List.copyOf(command);
    }
}
