package dev.slipway.platform.commands;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.schedules.ScheduleStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.runtime.RunOutputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Commands that somebody or a schedule asks for: each runs at most once, in a container of its own with the image,
/// config and limits of what is live.
@Service
public class RunService {
    /// Of an app at the same time, queued or running.
    static final int MOST_OPEN = 10;

    private final Database database;
    private final AppService apps;
    private final AppStore appStore;
    private final ReleaseStore releases;
    private final RunStore runs;
    private final EventLog events;
    private final RunOutputs outputs;
    private final RunHistory history;
    private final ScheduleStore schedules;

    RunService(
            Database database,
            AppService apps,
            AppStore appStore,
            ReleaseStore releases,
            RunStore runs,
            EventLog events,
            RunOutputs outputs) {
        this.database = database;
        this.apps = apps;
        this.appStore = appStore;
        this.releases = releases;
        this.runs = runs;
        this.events = events;
        this.outputs = outputs;
        this.history = new RunHistory(database);
        this.schedules = new ScheduleStore(database);
    }

    /// @throws Problem CONFLICT when nothing is live, or too many commands run already
    public RunView run(String name, CommandDraft draft, String by) {
        App app = apps.find(name);
        return database.inTransaction(() -> {
            Room room = room(app);
            if (room.refusal() != null) {
                throw Problem.conflict("App \"" + name + "\" can't run a command: " + room.refusal() + ".");
            }
            Run run = room.start(Run.Kind.ONE_OFF, draft, by, null);
            events.app(app.id(), EventKind.RUN_REQUESTED, by, "Command " + run.id() + " was asked for");
            return view(app, List.of(run)).getFirst();
        });
    }

    /// What an app can run now. Holds the app's row until the transaction ends, so that what was counted stays so.
    Room room(App app) {
        Optional<App> present = appStore.lock(app.id());
        Optional<Release> live =
                releases.inState(app.id(), ReleaseState.LIVE).stream().findFirst();
        return new Room(present.flatMap(there -> live).orElse(null), history.open(app.id()));
    }

    /// @param live in what it would run; null: nothing is live
    /// @param open what runs already
    final class Room {
        private final @Nullable Release live;
        private final List<Run> open;

        private Room(@Nullable Release live, List<Run> open) {
            this.live = live;
            this.open = open;
        }

        List<Run> open() {
            return open;
        }

        /// Why nothing can start now, as the end of a sentence; null when it can.
        @Nullable
        String refusal() {
            return live == null
                    ? "nothing is live yet"
                    : open.size() >= MOST_OPEN ? MOST_OPEN + " of its commands haven't ended yet" : null;
        }

        void cancel(Run run, String by) {
            runs.requestCancel(run, by);
        }

        Run start(Run.Kind kind, CommandDraft draft, String by, @Nullable Long schedule) {
            if (live == null) {
                throw new IllegalStateException("nothing is live");
            }
            return runs.create(new RunStore.NewRun(
                    live.appId(), live.id(), kind, draft.command(), draft.timeoutSeconds(), by, schedule));
        }
    }

    /// An app's runs with `id < before`, newest first; release commands are with their releases.
    ///
    /// @param schedule only those of this schedule; null: all
    public List<RunView> list(String name, @Nullable Long schedule, long before, int limit) {
        App app = apps.find(name);
        return view(app, history.ofApp(app.id(), schedule, before, limit));
    }

    /// @throws Problem NOT_FOUND
    public RunView find(String name, long id) {
        App app = apps.find(name);
        return view(app, List.of(find(app, id))).getFirst();
    }

    private Run find(App app, long id) {
        return history.find(app.id(), id)
                .orElseThrow(() -> Problem.notFound("App \"" + app.name() + "\" has no run " + id + "."));
    }

    /// The end of what a run wrote, also while it runs, without the values of variables.
    public String output(String name, long id) {
        App app = apps.find(name);
        return find(app, id).state() == RunState.RUNNING
                ? outputs.soFar(app.id(), id)
                : runs.output(id).orElse("");
    }

    /// Asks for a run's end, also a release command's: its release fails then.
    ///
    /// @throws Problem CONFLICT when it has ended
    public RunView cancel(String name, long id, String by) {
        App app = apps.find(name);
        return database.inTransaction(() -> {
            Run run = find(app, id);
            if (runs.requestCancel(run, by)) {
                events.app(app.id(), EventKind.RUN_CANCELLED, by, "Command " + id + " is to be cancelled");
            } else if (find(app, id).state().isFinal()) {
                throw Problem.conflict("Run " + id + " of \"" + name + "\" has ended already.");
            }
            return view(app, List.of(find(app, id))).getFirst();
        });
    }

    private List<RunView> view(App app, List<Run> found) {
        Map<Long, Integer> numbers = releases
                .find(found.stream().map(Run::releaseId).distinct().toList())
                .stream()
                .collect(Collectors.toMap(Release::id, Release::number));
        Map<Long, String> names = found.stream().allMatch(run -> run.scheduleId() == null)
                ? Map.of()
                : schedules.ofApp(app.id()).stream().collect(Collectors.toMap(s -> s.id(), s -> s.name()));
        return found.stream()
                .map(run -> new RunView(
                        run,
                        numbers.getOrDefault(run.releaseId(), 0),
                        run.scheduleId() == null ? null : names.get(run.scheduleId())))
                .toList();
    }
}
