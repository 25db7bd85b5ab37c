package dev.slipway.db.builds;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.DeployPause;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.NewRelease;
import dev.slipway.db.releases.ProcessFile;
import dev.slipway.db.releases.ReleaseStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/// The queue as workers use it. A claim is a lease: its holder extends it by [#heartbeat]; when it ran out,
/// [#requeueLost] gives the build to somebody else, and all later writes under the old attempt number are
/// refused (they return false).
public final class BuildQueue {
    /// How long a claim holds without a heartbeat.
    public static final Duration LEASE = Duration.ofSeconds(10);
    /// How often to call [#heartbeat].
    public static final Duration HEARTBEAT = Duration.ofSeconds(2);
    /// A build that errored or lost its worker this often isn't tried again.
    public static final int MAX_FAILURES = 3;

    private final Database database;
    private final EventLog events;
    private final ReleaseStore releases;
    private final AppStore apps;

    public BuildQueue(Database database) {
        this.database = database;
        this.events = new EventLog(database);
        this.releases = new ReleaseStore(database);
        this.apps = new AppStore(database);
    }

    /// Who holds which attempt of which build.
    public record Claim(Build build, String workerId) {
        public int attempt() {
            return build.attempt();
        }
    }

    /// Takes the oldest build that may start; an app's builds run one after the other. Empty when there is
    /// none.
    public Optional<Claim> claim(String workerId) {
        try {
            return database.inTransaction(() -> {
                Optional<Build> build = database.jdbc()
                        .sql("""
                             UPDATE builds SET state = 'RUNNING', attempt = attempt + 1, worker_id = :worker, started_at = now(),
                               lease_until = now() + :lease * interval '1 second', local_image = NULL, exposed_port = NULL, process_file = NULL, reason = NULL, message = NULL
                             WHERE id = (SELECT b.id FROM builds b JOIN apps a ON a.id = b.app_id
                                         WHERE b.state = 'QUEUED' AND b.not_before <= now() AND a.deleted_at IS NULL
                                           AND NOT EXISTS (SELECT 1 FROM builds r WHERE r.app_id = b.app_id AND r.state = 'RUNNING')
                                         ORDER BY b.id LIMIT 1 FOR UPDATE OF b SKIP LOCKED)
                             RETURNING *""")
                        .param("worker", workerId)
                        .param("lease", LEASE.toSeconds())
                        .query(BuildStore.ROW)
                        .optional();
                build.ifPresent(b -> {
                    events.build(
                            b.appId(),
                            b.id(),
                            EventKind.BUILD_STARTED,
                            Event.SLIPWAY,
                            "Build " + b.number() + " started"
                                    + (b.attempt() == 1 ? "" : " (attempt " + b.attempt() + ")"));
                    Bell.ring(database, Bell.Topic.BUILD, b.id());
                });
                return build.map(b -> new Claim(b, workerId));
            });
        } catch (DuplicateKeyException anotherBuildOfTheAppWasFirst) {
            return Optional.empty();
        }
    }

    /// What a heartbeat tells its worker.
    public sealed interface Pulse {
        record Continue() implements Pulse {}

        record Cancel(String by) implements Pulse {}

        /// The lease was lost: stop, and write nothing more.
        record Lost() implements Pulse {}
    }

    public Pulse heartbeat(Claim claim) {
        Optional<Optional<String>> row = database.jdbc()
                .sql("UPDATE builds SET lease_until = now() + :lease * interval '1 second'"
                        + " WHERE id = :id AND attempt = :attempt AND state = 'RUNNING' RETURNING cancel_requested_by")
                .param("lease", LEASE.toSeconds())
                .param("id", claim.build().id())
                .param("attempt", claim.attempt())
                .query((result, n) -> Optional.ofNullable(result.getString(1)))
                .optional();
        if (row.isEmpty()) {
            return new Pulse.Lost();
        }
        return row.get().<Pulse>map(Pulse.Cancel::new).orElseGet(Pulse.Continue::new);
    }

    /// Says that the image is in the engine, before its push to the registry ended, so that the runtime may
    /// start its first instance.
    public boolean imageBuilt(Claim claim, Digest imageId, @Nullable Integer exposedPort) {
        return imageBuilt(claim, imageId, exposedPort, null);
    }

    /// @param file what the commit's `slipway.yml` says; null: it has none
    public boolean imageBuilt(Claim claim, Digest imageId, @Nullable Integer exposedPort, @Nullable ProcessFile file) {
        return database.inTransaction(() -> {
            int rows = database.jdbc()
                    .sql(
                            "UPDATE builds SET local_image = :image, exposed_port = :port, process_file = :file::jsonb WHERE id = :id AND attempt = :attempt AND state = 'RUNNING'")
                    .param("image", imageId.value())
                    .param("port", exposedPort)
                    .param("file", file == null ? null : Json.write(file))
                    .param("id", claim.build().id())
                    .param("attempt", claim.attempt())
                    .update();
            Bell.ring(database, Bell.Topic.BUILD, claim.build().id());
            return rows == 1;
        });
    }

    /// Ends an attempt. Success makes the image version and its release in the same transaction; an error that
    /// may pass queues the build again, until there were [#MAX_FAILURES], and only if nobody wants its end. False
    /// when the lease was lost in the meantime.
    public boolean finish(Claim claim, BuildOutcome outcome) {
        return database.inTransaction(() -> switch (outcome) {
            case BuildOutcome.Succeeded s -> succeed(claim, s);
            case BuildOutcome.Failed f ->
                end(
                        claim,
                        BuildState.Event.FAIL,
                        f.reason(),
                        f.message(),
                        f.line(),
                        f.exitCode(),
                        EventKind.BUILD_FAILED,
                        Event.SLIPWAY);
            case BuildOutcome.Errored e ->
                cancelRequest(claim).map(by -> cancel(claim, by)).orElseGet(() -> error(claim, e));
            case BuildOutcome.GivenBack g ->
                cancelRequest(claim)
                        .map(by -> cancel(claim, by))
                        .orElseGet(() -> retry(claim, BuildReason.WORKER_LOST, g.message(), 0));
            case BuildOutcome.Cancelled c -> cancel(claim, c.by());
        });
    }

    /// Who wants its end. Holds the build's row until the transaction ends: nobody asks for that too late.
    private Optional<String> cancelRequest(Claim claim) {
        return database.jdbc()
                .sql("SELECT cancel_requested_by FROM builds WHERE id = :id AND attempt = :attempt FOR NO KEY UPDATE")
                .param("id", claim.build().id())
                .param("attempt", claim.attempt())
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(by -> by);
    }

    private boolean cancel(Claim claim, String by) {
        return end(
                claim,
                BuildState.Event.CANCEL,
                BuildReason.CANCELLED_BY_USER,
                "Cancelled by " + by,
                null,
                null,
                EventKind.BUILD_CANCELLED,
                by);
    }

    private boolean error(Claim claim, BuildOutcome.Errored error) {
        return error.retry() && claim.build().failures() + 1 < MAX_FAILURES
                ? retry(claim, error.reason(), error.message(), 1)
                : end(
                        claim,
                        BuildState.Event.ERROR,
                        error.reason(),
                        error.message(),
                        null,
                        null,
                        EventKind.BUILD_ERRORED,
                        Event.SLIPWAY);
    }

    private boolean succeed(Claim claim, BuildOutcome.Succeeded success) {
        Build build = claim.build();
        apps.lock(build.appId()); // before the build's row, as whoever deletes the app does
        if (!end(claim, BuildState.Event.SUCCEED, null, null, null, null, EventKind.BUILD_SUCCEEDED, Event.SLIPWAY)) {
            return false;
        }
        Next next = next(build.appId());
        int version = next.version();
        long image = database.jdbc()
                .sql("INSERT INTO images (app_id, version, build_id, digest, image_id, size_bytes, exposed_port)"
                        + " VALUES (:app, :version, :build, :digest, :image, :size, :port) RETURNING id")
                .param("app", build.appId())
                .param("version", version)
                .param("build", build.id())
                .param("digest", success.digest().value())
                .param("image", success.imageId().value())
                .param("size", success.sizeBytes())
                .param("port", success.exposedPort())
                .query(Long.class)
                .single();
        tag(build.appId(), "v" + version, success.digest());
        if (next.pause() == null) {
            releases.create(NewRelease.ofBuild(build.appId(), image, build.requestedBy()));
        } else {
            hold(build, version, next.pause());
        }
        return true;
    }

    /// The version of the next image, and whether its release has to wait.
    private record Next(int version, @Nullable DeployPause pause) {}

    /// Holds the app's row until the transaction ends: a rollback that pauses deploys comes before all of this or
    /// after it.
    private Next next(long appId) {
        return database.jdbc()
                .sql("UPDATE apps SET last_image = last_image + 1 WHERE id = :app"
                        + " RETURNING last_image, paused_by, paused_at, paused_release")
                .param("app", appId)
                .query((row, n) -> new Next(row.getInt("last_image"), AppStore.pause(row)))
                .single();
    }

    private void hold(Build build, int version, DeployPause pause) {
        String message = "Built as v" + version + ", not released: " + pause.sentence();
        database.jdbc()
                .sql("UPDATE builds SET reason = :reason, message = :message WHERE id = :id")
                .param("reason", BuildReason.DEPLOYS_PAUSED.name())
                .param("message", message)
                .param("id", build.id())
                .update();
        events.build(build.appId(), build.id(), EventKind.RELEASE_HELD, Event.SLIPWAY, message);
    }

    private void tag(long appId, String tag, Digest digest) {
        database.jdbc()
                .sql("""
                     INSERT INTO registry_tags (repository, tag, digest)
                     SELECT m.repository, :tag, m.digest FROM registry_manifests m JOIN apps a ON a.name = m.repository
                     WHERE a.id = :app AND m.digest = :digest
                     ON CONFLICT (repository, tag) DO UPDATE SET digest = excluded.digest, updated_at = now()""")
                .param("app", appId)
                .param("tag", tag)
                .param("digest", digest.value())
                .update();
    }

    private boolean end(
            Claim claim,
            BuildState.Event event,
            @Nullable BuildReason reason,
            @Nullable String message,
            @Nullable Integer line,
            @Nullable Integer exitCode,
            EventKind kind,
            String actor) {
        Build build = claim.build();
        BuildState next = BuildState.RUNNING.on(event).orElseThrow();
        int rows = database.jdbc()
                .sql("""
                     UPDATE builds SET state = :state, reason = :reason, message = :message, failed_line = :line, exit_code = :exit,
                       finished_at = now(), lease_until = NULL
                     WHERE id = :id AND attempt = :attempt AND state = ANY(:from)""")
                .param("state", next.name())
                .param("reason", reason == null ? null : reason.name())
                .param("message", message)
                .param("line", line)
                .param("exit", exitCode)
                .param("id", build.id())
                .param("attempt", claim.attempt())
                .param("from", BuildStore.names(event))
                .update();
        if (rows == 1) {
            events.build(
                    build.appId(),
                    build.id(),
                    kind,
                    actor,
                    "Build " + build.number() + " " + next.name().toLowerCase(java.util.Locale.ROOT)
                            + (message == null ? "" : ": " + message));
            Bell.ring(database, Bell.Topic.BUILD, build.id());
            Bell.ring(database, Bell.Topic.QUEUE, 0);
        }
        return rows == 1;
    }

    /// Waits longer after each failure, and not at all without one.
    private boolean retry(Claim claim, BuildReason reason, String message, int failures) {
        Build build = claim.build();
        int rows = database.jdbc()
                .sql("""
                     UPDATE builds SET state = 'QUEUED', reason = :reason, message = :message, worker_id = NULL, lease_until = NULL,
                       local_image = NULL, failures = failures + :failures,
                       not_before = now() + :failures * (failures + 1) * interval '3 seconds'
                     WHERE id = :id AND attempt = :attempt AND state = ANY(:from)""")
                .param("reason", reason.name())
                .param("message", message)
                .param("failures", failures)
                .param("id", build.id())
                .param("attempt", claim.attempt())
                .param("from", BuildStore.names(BuildState.Event.RETRY))
                .update();
        if (rows == 1) {
            events.build(
                    build.appId(),
                    build.id(),
                    EventKind.BUILD_RETRIED,
                    Event.SLIPWAY,
                    "Build " + build.number() + " will be tried again: " + message);
            Bell.ring(database, Bell.Topic.BUILD, build.id());
            Bell.ring(database, Bell.Topic.QUEUE, build.id());
        }
        return rows == 1;
    }

    /// Takes builds away from workers that stopped extending their lease. Any worker may call it at any time.
    public int requeueLost() {
        return database.inTransaction(() -> {
            List<Build> lost = database.jdbc()
                    .sql("SELECT * FROM builds WHERE state = 'RUNNING' AND lease_until < now() FOR UPDATE SKIP LOCKED")
                    .query(BuildStore.ROW)
                    .list();
            for (Build build : lost) {
                Claim claim = new Claim(build, String.valueOf(build.workerId()));
                finish(
                        claim,
                        new BuildOutcome.Errored(
                                BuildReason.WORKER_LOST, "Worker " + claim.workerId() + " stopped answering", true));
            }
            return lost.size();
        });
    }

    /// What the worker that restarts under the same id left behind: given back at once instead of after the
    /// lease.
    public int requeueOf(String workerId) {
        database.jdbc()
                .sql(
                        "UPDATE builds SET lease_until = now() - interval '1 second' WHERE state = 'RUNNING' AND worker_id = :worker")
                .param("worker", workerId)
                .update();
        return requeueLost();
    }
}
