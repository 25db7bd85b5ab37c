package dev.slipway.db.apps;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.door.DoorStore;
import dev.slipway.db.drains.DrainStore;
import dev.slipway.db.registry.ManifestStore;
import dev.slipway.db.registry.RepositoryName;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.schedules.ScheduleStore;
import dev.slipway.db.volumes.VolumeStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/// Apps that aren't deleted.
public final class AppStore {
    private static final RowMapper<App> ROW = (row, n) -> read(row);

    private final Database database;

    public AppStore(Database database) {
        this.database = database;
    }

    /// @throws org.springframework.dao.DuplicateKeyException when the name is taken
    public App create(NewApp app) {
        return database.inTransaction(() -> {
            long id = insert(app);
            Bell.ring(database, Bell.Topic.APP, id);
            return find(id).orElseThrow();
        });
    }

    private long insert(NewApp app) {
        Source.Watched watched = app.source() instanceof Source.Watched w ? w : null;
        return database.jdbc()
                .sql("""
                     INSERT INTO apps (name, source_kind, repository_url, repository_secret, branch, poll_seconds, webhook_secret,
                                       context_dir, dockerfile, target_stage, build_args, build_timeout_s, build_secrets, process)
                     VALUES (:name, :kind, :url, :secret, :branch, :poll, :webhook, :context, :dockerfile, :target, :args::jsonb, :timeout, :secrets::jsonb,
                             :process::jsonb)
                     RETURNING id""")
                .param("name", app.name().value())
                .param("kind", watched == null ? "HOSTED" : "WATCHED")
                .param("url", watched == null ? null : watched.url())
                .param("secret", app.repositorySecret())
                .param("branch", app.source().branch())
                .param("poll", watched == null ? 60 : watched.pollSeconds())
                .param("webhook", app.webhookSecret())
                .param("context", app.build().contextDir())
                .param("dockerfile", app.build().dockerfile())
                .param("target", app.build().targetStage())
                .param("args", Json.write(app.build().buildArgs()))
                .param("timeout", app.build().timeoutSeconds())
                .param("secrets", Json.write(app.build().secrets()))
                .param("process", Json.write(app.processes()))
                .query(Long.class)
                .single();
    }

    /// Changes settings; what runs isn't touched until the next release. False when there is no such app.
    public boolean update(long id, Source source, BuildSettings build, Processes processes) {
        Source.Watched watched = source instanceof Source.Watched w ? w : null;
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("""
                         UPDATE apps SET branch = :branch, repository_url = :url, poll_seconds = :poll, context_dir = :context,
                           dockerfile = :dockerfile, target_stage = :target, build_args = :args::jsonb, build_timeout_s = :timeout,
                           build_secrets = :secrets::jsonb, process = :process::jsonb, fetch_due_at = now()
                         WHERE id = :id AND deleted_at IS NULL AND source_kind = :kind""")
                    .param("id", id)
                    .param("kind", watched == null ? "HOSTED" : "WATCHED")
                    .param("branch", source.branch())
                    .param("url", watched == null ? null : watched.url())
                    .param("poll", watched == null ? 60 : watched.pollSeconds())
                    .param("context", build.contextDir())
                    .param("dockerfile", build.dockerfile())
                    .param("target", build.targetStage())
                    .param("args", Json.write(build.buildArgs()))
                    .param("timeout", build.timeoutSeconds())
                    .param("secrets", Json.write(build.secrets()))
                    .param("process", Json.write(processes))
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
            return rows == 1;
        });
    }

    /// Of web.
    public boolean setInstances(long id, int instances) {
        return setInstances(id, Processes.WEB, instances);
    }

    /// Takes effect at once, without a release. False when there is no such app.
    public boolean setInstances(long id, String type, int instances) {
        String change = type.equals(Processes.WEB)
                ? "instances = :instances"
                : "scale = scale || jsonb_build_object(:type::text, :instances::int)";
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("UPDATE apps SET " + change + " WHERE id = :id AND deleted_at IS NULL")
                    .param("id", id)
                    .param("type", type)
                    .param("instances", instances)
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
            return rows == 1;
        });
    }

    /// Takes effect at once, without a release. False when there is no such app.
    public boolean setIdleMinutes(long id, int minutes) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("UPDATE apps SET idle_minutes = :minutes WHERE id = :id AND deleted_at IS NULL")
                    .param("id", id)
                    .param("minutes", minutes)
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
            return rows == 1;
        });
    }

    /// From now on builds aren't released by themselves.
    public void pauseDeploys(long id, int release, String by) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("UPDATE apps SET paused_by = :by, paused_at = now(), paused_release = :release WHERE id = :id")
                    .param("id", id)
                    .param("release", release)
                    .param("by", by)
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
        });
    }

    /// False when deploys weren't paused.
    public boolean resumeDeploys(long id) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql("UPDATE apps SET paused_by = NULL, paused_at = NULL, paused_release = NULL"
                            + " WHERE id = :id AND deleted_at IS NULL AND paused_by IS NOT NULL")
                    .param("id", id)
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
            return rows == 1;
        });
    }

    public Optional<App> find(long id) {
        return database.jdbc()
                .sql("SELECT * FROM apps WHERE id = :id AND deleted_at IS NULL")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /// Reads the app and holds its row until the surrounding transaction ends: what must happen one after the
    /// other for an app does.
    public Optional<App> lock(long id) {
        return database.jdbc()
                .sql("SELECT * FROM apps WHERE id = :id AND deleted_at IS NULL FOR NO KEY UPDATE")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    public Optional<App> find(AppName name) {
        return database.jdbc()
                .sql("SELECT * FROM apps WHERE name = :name AND deleted_at IS NULL")
                .param("name", name.value())
                .query(ROW)
                .optional();
    }

    /// By name.
    public List<App> all() {
        return database.jdbc()
                .sql("SELECT * FROM apps WHERE deleted_at IS NULL ORDER BY name")
                .query(ROW)
                .list();
    }

    /// Marks the app deleted, empties its repository in the registry, frees its name and domains, ends its
    /// commands. The runtime tier then stops its instances. Its volumes are kept. Its builds are the caller's to
    /// cancel before.
    public boolean delete(long id) {
        return database.inTransaction(() -> {
            Optional<App> app = lock(id);
            app.ifPresent(found -> {
                new ManifestStore(database)
                        .removeRepository(new RepositoryName(found.name().value()));
                new DomainStore(database).forget(id);
                new VolumeStore(database).detachAll(id);
                new RunStore(database).cancelAll(id);
                new ScheduleStore(database).forget(id);
                new DoorStore(database).forget(id);
                new DrainStore(database).forget(id);
                database.jdbc()
                        .sql("UPDATE apps SET deleted_at = now(), name = name || '~' || id WHERE id = :id")
                        .param("id", id)
                        .update();
                Bell.ring(database, Bell.Topic.APP, id);
            });
            return app.isPresent();
        });
    }

    /// Encrypted; null when the repository needs no credentials, or isn't at `url` any more.
    public byte @Nullable [] repositorySecret(long id, String url) {
        return database.jdbc()
                .sql("SELECT repository_secret FROM apps WHERE id = :id AND repository_url = :url")
                .param("id", id)
                .param("url", url)
                .query((row, n) -> Optional.ofNullable(row.getBytes(1)))
                .optional()
                .flatMap(secret -> secret)
                .orElse(null);
    }

    public void setRepositorySecret(long id, byte @Nullable [] secret) {
        database.jdbc()
                .sql("UPDATE apps SET repository_secret = :secret WHERE id = :id")
                .param("id", id)
                .param("secret", secret)
                .update();
    }

    /// Encrypted.
    public byte[] webhookSecret(long id) {
        return database.jdbc()
                .sql("SELECT webhook_secret FROM apps WHERE id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
    }

    public void setWebhookSecret(long id, byte[] secret) {
        database.jdbc()
                .sql("UPDATE apps SET webhook_secret = :secret WHERE id = :id")
                .param("id", id)
                .param("secret", secret)
                .update();
    }

    /// Watched apps whose next fetch is due.
    public List<App> dueForFetch(int limit) {
        return database.jdbc().sql("""
                     SELECT * FROM apps WHERE source_kind = 'WATCHED' AND deleted_at IS NULL AND fetch_due_at <= now()
                     ORDER BY fetch_due_at LIMIT :limit""").param("limit", limit).query(ROW).list();
    }

    /// Makes a watched app's next fetch due now.
    public void fetchSoon(long id) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("UPDATE apps SET fetch_due_at = now() WHERE id = :id")
                    .param("id", id)
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
        });
    }

    /// Records a fetch, and when the next is due (at once when it was asked for after `startedAt`); `error`
    /// null when it went well.
    public void fetched(long id, Instant startedAt, @Nullable String error) {
        database.inTransaction(() -> {
            database.jdbc()
                    .sql("""
                         UPDATE apps SET fetched_at = now(), fetch_error = :error,
                           fetch_due_at = CASE WHEN fetch_due_at > :started THEN fetch_due_at ELSE now() + poll_seconds * interval '1 second' END
                         WHERE id = :id""")
                    .param("id", id)
                    .param("started", Timestamp.from(startedAt))
                    .param("error", error)
                    .update();
            Bell.ring(database, Bell.Topic.APP, id);
        });
    }

    /// Of a row with the columns of a pause.
    public static @Nullable DeployPause pause(ResultSet row) throws SQLException {
        String by = row.getString("paused_by");
        return by == null
                ? null
                : new DeployPause(by, row.getTimestamp("paused_at").toInstant(), row.getInt("paused_release"));
    }

    @SuppressWarnings("unchecked")
    private static App read(ResultSet row) throws SQLException {
        String branch = row.getString("branch");
        Source source = row.getString("source_kind").equals("HOSTED")
                ? new Source.Hosted(branch)
                : new Source.Watched(row.getString("repository_url"), branch, row.getInt("poll_seconds"));
        BuildSettings build = new BuildSettings(
                row.getString("context_dir"),
                row.getString("dockerfile"),
                row.getString("target_stage"),
                Json.read(row.getString("build_args"), Map.class),
                row.getInt("build_timeout_s"),
                Json.read(row.getString("build_secrets"), List.class));
        Timestamp fetched = row.getTimestamp("fetched_at");
        return new App(
                row.getLong("id"),
                new AppName(row.getString("name")),
                source,
                row.getBytes("repository_secret") != null,
                build,
                Processes.read(row.getString("process")),
                new Scale(
                        row.getInt("instances"),
                        new TreeMap<>(Json.read(row.getString("scale"), Map.class)),
                        row.getInt("idle_minutes")),
                pause(row),
                fetched == null ? null : fetched.toInstant(),
                row.getString("fetch_error"),
                row.getTimestamp("created_at").toInstant());
    }
}
