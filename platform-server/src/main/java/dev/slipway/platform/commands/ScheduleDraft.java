package dev.slipway.platform.commands;

import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import dev.slipway.platform.Problem;
import java.time.ZoneId;

/// A schedule as somebody wants it.
///
/// @param cron five fields, or `@daily` and the like
/// @param zone IANA's name of the time zone
public record ScheduleDraft(
        String name, String cron, String zone, CommandDraft command, Overlap overlap, Missed missed) {
    private static final int LONGEST_NAME = 60;

    /// @throws Problem INVALID with what can't be
    ScheduleSettings settings() {
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME || called.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("A schedule needs a name of 1 to " + LONGEST_NAME + " characters.");
        }
        CronLine.parse(cron);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw Problem.invalid(
                    "There is no time zone \"" + (zone.length() <= 60 ? zone : zone.substring(0, 60) + "…")
                            + "\". Zones are called like Europe/Berlin, or UTC.");
        }
        return new ScheduleSettings(
                called,
                cron.strip().replaceAll("\\s+", " "),
                zone,
                command.command(),
                command.timeoutSeconds(),
                overlap,
                missed);
    }
}
