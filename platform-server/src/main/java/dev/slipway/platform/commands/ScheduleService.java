package dev.slipway.platform.commands;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.db.schedules.ScheduleStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// Commands that run again and again: what they are. [ScheduleRounds] starts them.
@Service
public class ScheduleService {
    static final int MOST = 20;
    private static final int SHOWN = 3;

    private final Database database;
    private final AppService apps;
    private final RunService runs;
    private final EventLog events;
    private final ScheduleStore store;
    private final RunHistory history;
    private final Clock clock;

    ScheduleService(Database database, AppService apps, RunService runs, EventLog events, Clock clock) {
        this.database = database;
        this.apps = apps;
        this.runs = runs;
        this.events = events;
        this.clock = clock;
        this.store = new ScheduleStore(database);
        this.history = new RunHistory(database);
    }

    /// An app's schedules, by name.
    public List<ScheduleView> list(String name) {
        return views(store.ofApp(apps.find(name).id()));
    }

    /// @throws Problem NOT_FOUND
    public ScheduleView find(String name, long id) {
        return views(List.of(find(apps.find(name), id))).getFirst();
    }

    private Schedule find(App app, long id) {
        return store.find(app.id(), id)
                .orElseThrow(() -> Problem.notFound("App \"" + app.name() + "\" has no schedule " + id + "."));
    }

    private List<ScheduleView> views(List<Schedule> schedules) {
        Map<Long, Run> last =
                history.lastEnded(schedules.stream().map(Schedule::id).toList());
        return schedules.stream()
                .map(schedule -> new ScheduleView(schedule, next(schedule), last.get(schedule.id())))
                .toList();
    }

    private List<Instant> next(Schedule schedule) {
        return schedule.paused()
                ? List.of()
                : preview(schedule.settings().cron(), schedule.settings().zone(), SHOWN);
    }

    /// When such a schedule would be due, the next times.
    ///
    /// @throws Problem INVALID
    public List<Instant> preview(String cron, String zone, int count) {
        return CronLine.parse(cron).next(clock.instant(), ZoneId.of(zone), count);
    }

    /// @throws Problem INVALID when it can't be, CONFLICT when the app has one of this name or too many
    public ScheduleView create(String name, ScheduleDraft draft, String by) {
        App app = apps.find(name);
        ScheduleSettings settings = draft.settings();
        return unique(settings, () -> {
            if (store.ofApp(app.id()).size() >= MOST) {
                throw Problem.conflict("An app can have " + MOST + " schedules.");
            }
            Schedule created = store.create(app.id(), settings, firstDue(settings), by);
            events.app(app.id(), EventKind.SCHEDULE_CREATED, by, "Schedule \"" + settings.name() + "\" created");
            return created;
        });
    }

    /// Takes effect at once; what runs goes on as it was begun.
    ///
    /// @throws Problem INVALID when it can't be, CONFLICT when the app has another one of this name
    public ScheduleView change(String name, long id, ScheduleDraft draft, String by) {
        App app = apps.find(name);
        ScheduleSettings settings = draft.settings();
        return unique(settings, () -> {
            Schedule before = find(app, id);
            store.change(before, settings, before.paused() ? null : firstDue(settings), before.pausedBy());
            events.app(app.id(), EventKind.SCHEDULE_CHANGED, by, "Schedule \"" + settings.name() + "\" changed");
            return find(app, id);
        });
    }

    /// While it is paused it is never due; nothing is made up for when it is resumed.
    public ScheduleView pause(String name, long id, boolean paused, String by) {
        App app = apps.find(name);
        return database.inTransaction(() -> {
            Schedule before = find(app, id);
            if (before.paused() != paused) {
                store.change(
                        before, before.settings(), paused ? null : firstDue(before.settings()), paused ? by : null);
                events.app(
                        app.id(),
                        EventKind.SCHEDULE_CHANGED,
                        by,
                        "Schedule \"" + before.name() + "\" " + (paused ? "paused" : "resumed"));
            }
            return views(List.of(find(app, id))).getFirst();
        });
    }

    /// Its history goes on being shown with the app's.
    public void remove(String name, long id, String by) {
        App app = apps.find(name);
        database.inTransaction(() -> {
            Schedule schedule = find(app, id);
            store.remove(schedule);
            events.app(app.id(), EventKind.SCHEDULE_REMOVED, by, "Schedule \"" + schedule.name() + "\" removed");
        });
    }

    /// Runs it now, beside its times; its rule for runs that overlap holds.
    ///
    /// @throws Problem CONFLICT when it can't
    public RunView runNow(String name, long id, String by) {
        App app = apps.find(name);
        long run = database.inTransaction(() -> {
            RunService.Room room = runs.room(app);
            Schedule schedule = find(app, id);
            return switch (DuePlan.atOnce(schedule, room.open(), room.refusal())) {
                case DuePlan.Skip(String why) ->
                    throw Problem.conflict("Schedule \"" + schedule.name() + "\" can't run now: " + why + ".");
                case DuePlan.Start(List<Run> cancelled) ->
                    start(schedule, room, cancelled, by).id();
            };
        });
        return runs.find(name, run);
    }

    /// Joins the caller's transaction.
    Run start(Schedule schedule, RunService.Room room, List<Run> cancelled, String by) {
        cancelled.forEach(run -> room.cancel(run, "schedule \"" + schedule.name() + "\""));
        CommandDraft command = new CommandDraft(
                schedule.settings().command(), schedule.settings().timeoutSeconds());
        return room.start(Run.Kind.SCHEDULED, command, by, schedule.id());
    }

    private Instant firstDue(ScheduleSettings settings) {
        return CronLine.parse(settings.cron()).next(clock.instant(), ZoneId.of(settings.zone()));
    }

    private ScheduleView unique(ScheduleSettings settings, java.util.function.Supplier<Schedule> work) {
        try {
            return views(List.of(database.inTransaction(work))).getFirst();
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("The app has a schedule \"" + settings.name() + "\" already.");
        }
    }
}
