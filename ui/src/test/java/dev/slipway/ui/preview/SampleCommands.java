package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import dev.slipway.db.schedules.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app's commands and schedules in different states.
final class SampleCommands {
    private final Database database;
    private final RunStore runs;
    private final ScheduleStore schedules;

    SampleCommands(Database database) {
        this.database = database;
        this.runs = new RunStore(database);
        this.schedules = new ScheduleStore(database);
    }

    void of(App app) {
        Release live =
                new ReleaseStore(database).inState(app.id(), ReleaseState.LIVE).getFirst();
        Schedule backup = schedule(app, "Nightly backup", "30 4 * * *", "bin/backup --bucket shop-backups --all");
        Schedule carts = schedule(app, "Forget old carts", "*/15 * * * MON-FRI", "node scripts/forget-carts.js");
        Schedule report =
                schedule(app, "Monthly report", "0 9 1 * *", "sh -c 'bin/report | bin/mail accounts@example.com'");
        schedules.change(report, report.settings(), null, "anna");
        done(live, carts, "node scripts/forget-carts.js", "\u001b[32m✓\u001b[0m 112 carts forgotten\n", 8);
        failed(live, backup);
        done(live, null, "bin/rails db:seed", "== Seeding\nProducts: 240\nCustomers: 18\n", 42);
        Run running = create(live, null, "node scripts/import.js --file 'prices 2026.csv'");
        runs.start(running);
        Run ended = create(live, null, "sleep 600");
        runs.start(ended);
        runs.requestCancel(ended, "ben");
        runs.cancelled(ended, "The command (sleep 600) was cancelled by ben.", 143, "");
        Schedule due =
                new Schedule(carts.id(), app.id(), carts.settings(), Instant.now(), null, null, "anna", Instant.now());
        schedules.skipped(due, "its run " + running.id() + " hadn't ended");
    }

    private Schedule schedule(App app, String name, String cron, String line) {
        return schedules.create(
                app.id(),
                new ScheduleSettings(
                        name, cron, "Europe/Berlin", Words.split(line), 3600, Overlap.SKIP, Missed.RUN_ONCE),
                Instant.now().plus(Duration.ofDays(300)),
                "anna");
    }

    private Run create(Release live, @Nullable Schedule schedule, String line) {
        return runs.create(new RunStore.NewRun(
                live.appId(),
                live.id(),
                schedule == null ? Run.Kind.ONE_OFF : Run.Kind.SCHEDULED,
                Words.split(line),
                3600,
                schedule == null ? "anna" : "slipway",
                schedule == null ? null : schedule.id()));
    }

    private void done(Release live, @Nullable Schedule schedule, String line, String output, int seconds) {
        Run run = create(live, schedule, line);
        runs.start(run);
        runs.succeed(run, output);
        database.jdbc()
                .sql("UPDATE runs SET started_at = started_at - :age * interval '1 second' WHERE id = :id")
                .param("age", seconds)
                .param("id", run.id())
                .update();
    }

    private void failed(Release live, Schedule backup) {
        Run run = create(live, backup, "bin/backup --bucket shop-backups --all");
        runs.start(run);
        String said = "dumping 42 tables\nuploading 1.2 GB\nerror: no space left in bucket shop-backups\n";
        runs.fail(
                run,
                new RunStore.Failure(
                        RunReason.EXITED,
                        "The command (bin/backup --bucket shop-backups --all) exited with code 2. Last lines:\n"
                                + said.strip(),
                        2),
                said);
    }
}
