package dev.slipway.db.releases;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Releases and their guarded transitions. A transition returns false when somebody else moved the release
/// first.
public final class ReleaseStore {
    private static final RowMapper<Release> ROW = (row, n) -> read(row);

    private final Database database;
    private final EventLog events;
    private final RunStore runs;

    public ReleaseStore(Database database) {
        this.database = database;
        this.events = new EventLog(database);
        this.runs = new RunStore(database);
    }

    /// What an app's next release begins with.
    ///
    /// @param settings of the app
    /// @param file of the image's commit; null: it has none
    private record Next(
            int number, Processes settings, @Nullable ProcessFile file) {
        Processes processes() {
            return file == null ? settings : file.over(settings);
        }

        /// Of a type that is new to the app.
        int instances(String type) {
            return file == null ? 1 : file.instances(type);
        }
    }

    /// Makes the app's next release, PENDING, and cancels the ones that were still pending. Its config is the app's
    /// present one from then on; process types that are new to the app get their number of instances; its release
    /// command is queued. Joins the caller's transaction.
    public Release create(NewRelease wish) {
        return database.inTransaction(() -> {
            Next next = next(wish);
            int number = next.number();
            cancelPending(wish.appId(), ReleaseReason.NEWER_RELEASE, "Release " + number + " came before it started");
            Release release = database.jdbc()
                    .sql("""
                         INSERT INTO releases (app_id, number, image_id, config_version, process, cause, rollback_of, created_by)
                         SELECT a.id, :number, :image,
                                coalesce(c.config_version, a.config_version),
                                coalesce(p.process, :own::jsonb), :cause, :rollback, :by
                         FROM apps a LEFT JOIN releases c ON c.id = :config LEFT JOIN releases p ON p.id = :process
                         WHERE a.id = :app RETURNING *""")
                    .param("app", wish.appId())
                    .param("number", number)
                    .param("image", wish.imageId())
                    .param("cause", wish.cause().name())
                    .param("rollback", wish.rollbackOf(), java.sql.Types.BIGINT)
                    .param("config", wish.configOf(), java.sql.Types.BIGINT)
                    .param("process", wish.processOf(), java.sql.Types.BIGINT)
                    .param("own", Json.write(next.processes()))
                    .param("by", wish.createdBy())
                    .query(ROW)
                    .single();
            adjustApp(release, next);
            if (wish.runsCommand()) {
                queueCommand(release);
            }
            events.release(
                    wish.appId(),
                    release.id(),
                    EventKind.RELEASE_CREATED,
                    wish.createdBy(),
                    "Release " + number + " created");
            Bell.ring(database, Bell.Topic.RELEASE, release.id());
            return release;
        });
    }

    /// Holds the app's row until the transaction ends.
    private Next next(NewRelease wish) {
        return database.jdbc()
                .sql("""
                     UPDATE apps SET last_release = last_release + 1 WHERE id = :app RETURNING last_release, process,
                       (SELECT b.process_file FROM images i JOIN builds b ON b.id = i.build_id WHERE i.id = :image) AS process_file""")
                .param("app", wish.appId())
                .param("image", wish.imageId())
                .query((row, n) -> {
                    String file = row.getString("process_file");
                    return new Next(
                            row.getInt("last_release"),
                            Processes.read(row.getString("process")),
                            file == null ? null : Json.read(file, ProcessFile.class));
                })
                .single();
    }

    /// Numbers that the app has already stay as they are; web's is given at its first release only.
    private void adjustApp(Release release, Next next) {
        Map<String, Integer> scale = new HashMap<>();
        release.processes().others().keySet().forEach(type -> scale.put(type, next.instances(type)));
        database.jdbc()
                .sql("""
                     UPDATE apps SET config_version = :version, scale = :scale::jsonb || scale,
                       instances = CASE WHEN :number = 1 AND instances = 1 THEN :web ELSE instances END
                     WHERE id = :app""")
                .param("version", release.configVersion())
                .param("scale", Json.write(scale))
                .param("number", release.number())
                .param("web", next.instances(Processes.WEB))
                .param("app", release.appId())
                .update();
    }

    private void queueCommand(Release release) {
        ReleaseCommand command = release.processes().release();
        if (command != null) {
            runs.create(new RunStore.NewRun(
                    release.appId(),
                    release.id(),
                    Run.Kind.RELEASE,
                    command.command(),
                    command.timeoutSeconds(),
                    release.createdBy()));
        }
    }

    /// The one that a build made.
    public Optional<Release> ofBuild(long buildId) {
        return database.jdbc()
                .sql("SELECT r.* FROM releases r JOIN images i ON i.id = r.image_id"
                        + " WHERE i.build_id = :build AND r.cause = 'BUILD' ORDER BY r.id LIMIT 1")
                .param("build", buildId)
                .query(ROW)
                .optional();
    }

    /// Whether its release command ran, or is going to.
    public boolean hasCommandRun(Release release) {
        return !runs.ofReleases(List.of(release.id())).isEmpty();
    }

    /// Cancels an app's pending releases.
    public void cancelPending(long appId, ReleaseReason reason, String message) {
        for (Release pending : inState(appId, ReleaseState.PENDING)) {
            move(pending, ReleaseState.Event.CANCEL, reason, message, EventKind.RELEASE_CANCELLED);
        }
    }

    public boolean start(Release release) {
        return move(release, ReleaseState.Event.START, null, null, EventKind.RELEASE_STARTED);
    }

    /// Retires the release that was live and makes this one live, in one transaction.
    public boolean goLive(Release release) {
        return database.inTransaction(() -> {
            lockApp(release.appId());
            for (Release live : inState(release.appId(), ReleaseState.LIVE)) {
                move(live, ReleaseState.Event.RETIRE, null, null, EventKind.RELEASE_RETIRED);
            }
            boolean moved = move(release, ReleaseState.Event.GO_LIVE, null, null, EventKind.RELEASE_LIVE);
            if (!moved) {
                throw new IllegalStateException("release " + release.id() + " isn't starting");
            }
            return true;
        });
    }

    /// The app's config, which a rollback had taken back, is again that of the live release, unless it was changed
    /// since, or a newer release is under way with it.
    public boolean fail(Release release, ReleaseReason reason, String message) {
        return database.inTransaction(() -> {
            boolean moved = move(release, ReleaseState.Event.FAIL, reason, message, EventKind.RELEASE_FAILED);
            if (moved && release.cause() == ReleaseCause.ROLLBACK) {
                database.jdbc()
                        .sql("""
                     UPDATE apps a SET config_version = l.config_version FROM releases l
                     WHERE a.id = :app AND a.config_version = :failed AND l.app_id = a.id AND l.state = 'LIVE'
                       AND NOT EXISTS (SELECT FROM releases n WHERE n.app_id = a.id AND n.number > :number
                                       AND n.state IN ('PENDING', 'STARTING'))""")
                        .param("app", release.appId())
                        .param("failed", release.configVersion())
                        .param("number", release.number())
                        .update();
            }
            return moved;
        });
    }

    /// Ends whatever is open of a deleted app.
    public void endAll(long appId) {
        database.inTransaction(() -> {
            cancelPending(appId, ReleaseReason.APP_DELETED, "The app was deleted");
            for (Release starting : inState(appId, ReleaseState.STARTING)) {
                fail(starting, ReleaseReason.APP_DELETED, "The app was deleted");
            }
            for (Release live : inState(appId, ReleaseState.LIVE)) {
                move(
                        live,
                        ReleaseState.Event.RETIRE,
                        ReleaseReason.APP_DELETED,
                        "The app was deleted",
                        EventKind.RELEASE_RETIRED);
            }
        });
    }

    private void lockApp(long appId) {
        database.jdbc()
                .sql("SELECT id FROM apps WHERE id = :id FOR NO KEY UPDATE")
                .param("id", appId)
                .query(Long.class)
                .optional();
    }

    private boolean move(
            Release release,
            ReleaseState.Event event,
            @Nullable ReleaseReason reason,
            @Nullable String message,
            EventKind kind) {
        ReleaseState next = ReleaseState.from(event).iterator().next().on(event).orElseThrow();
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("""
                         UPDATE releases SET state = :state, reason = coalesce(:reason, reason), message = coalesce(:message, message),
                           started_at = CASE WHEN :state = 'STARTING' THEN now() ELSE started_at END,
                           live_at = CASE WHEN :state = 'LIVE' THEN now() ELSE live_at END,
                           ended_at = CASE WHEN :state IN ('RETIRED', 'FAILED', 'CANCELLED') THEN now() ELSE ended_at END
                         WHERE id = :id AND state = ANY(:from)""")
                    .param("state", next.name())
                    .param("reason", reason == null ? null : reason.name(), java.sql.Types.VARCHAR)
                    .param("message", message, java.sql.Types.VARCHAR)
                    .param("id", release.id())
                    .param(
                            "from",
                            ReleaseState.from(event).stream().map(Enum::name).toArray(String[]::new))
                    .update();
            if (rows == 1) {
                if (next == ReleaseState.FAILED || next == ReleaseState.CANCELLED) {
                    runs.cancel(release.id());
                }
                events.release(
                        release.appId(),
                        release.id(),
                        kind,
                        Event.SLIPWAY,
                        "Release " + release.number() + " " + next.name().toLowerCase(Locale.ROOT)
                                + (message == null ? "" : ": " + message));
                Bell.ring(database, Bell.Topic.RELEASE, release.id());
            }
            return rows == 1;
        });
    }

    public Optional<Release> find(long id) {
        return database.jdbc()
                .sql("SELECT * FROM releases WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    public Optional<Release> find(long appId, int number) {
        return database.jdbc()
                .sql("SELECT * FROM releases WHERE app_id = :app AND number = :number")
                .param("app", appId)
                .param("number", number)
                .query(ROW)
                .optional();
    }

    public List<Release> find(Collection<Long> ids) {
        return database.jdbc()
                .sql("SELECT * FROM releases WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    public List<Release> inState(long appId, ReleaseState state) {
        return database.jdbc()
                .sql("SELECT * FROM releases WHERE app_id = :app AND state = :state ORDER BY number")
                .param("app", appId)
                .param("state", state.name())
                .query(ROW)
                .list();
    }

    /// The newest release of each of these apps that has one, and the one that is live.
    public List<Release> newestAndLive(Collection<Long> appIds) {
        return database.jdbc()
                .sql("SELECT r.* FROM unnest(:apps) a(id) CROSS JOIN LATERAL"
                        + " (SELECT * FROM releases WHERE app_id = a.id ORDER BY number DESC LIMIT 1) r"
                        + " UNION SELECT * FROM releases WHERE app_id = ANY(:apps) AND state = 'LIVE' ORDER BY number")
                .param("apps", appIds.toArray(Long[]::new))
                .query(ROW)
                .list();
    }

    /// PENDING, STARTING and LIVE releases of all apps: what the runtime tier has to look after.
    public List<Release> open() {
        return database.jdbc()
                .sql("SELECT * FROM releases WHERE state IN ('PENDING', 'STARTING', 'LIVE') ORDER BY app_id, number")
                .query(ROW)
                .list();
    }

    /// By app: the release that was live last before the present one, if it ended no longer ago than that.
    public Map<Long, Release> lastRetired(Duration ago) {
        return database.jdbc().sql("""
                     SELECT r.* FROM apps a CROSS JOIN LATERAL (
                       SELECT * FROM releases
                       WHERE app_id = a.id AND state = 'RETIRED' AND ended_at > now() - make_interval(secs => :seconds)
                       ORDER BY ended_at DESC, id DESC LIMIT 1) r
                     WHERE a.deleted_at IS NULL""").param("seconds", ago.toSeconds()).query(ROW).list().stream()
                .collect(Collectors.toMap(Release::appId, release -> release));
    }

    /// An app's releases with `number < before`, newest first.
    public List<Release> ofApp(long appId, int before, int limit) {
        return database.jdbc()
                .sql(
                        "SELECT * FROM releases WHERE app_id = :app AND number < :before ORDER BY number DESC LIMIT :limit")
                .param("app", appId)
                .param("before", before)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    /// An app's releases with `number > after`, newest first.
    public List<Release> after(long appId, int after, int limit) {
        return database.jdbc()
                .sql("SELECT * FROM releases WHERE app_id = :app AND number > :after ORDER BY number DESC LIMIT :limit")
                .param("app", appId)
                .param("after", after)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    private static Release read(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Release(
                row.getLong("id"),
                row.getLong("app_id"),
                row.getInt("number"),
                row.getLong("image_id"),
                row.getInt("config_version"),
                Processes.read(row.getString("process")),
                ReleaseCause.valueOf(row.getString("cause")),
                row.getObject("rollback_of", Long.class),
                row.getString("created_by"),
                ReleaseState.valueOf(row.getString("state")),
                reason == null ? null : ReleaseReason.valueOf(reason),
                row.getString("message"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "live_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
