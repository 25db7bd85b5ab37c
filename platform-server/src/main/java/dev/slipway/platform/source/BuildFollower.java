package dev.slipway.platform.source;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.DeployPause;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.Addresses;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Shows a build and its release on the pusher's terminal until they end. The bell says when to look; every 2 s
/// it looks anyway.
final class BuildFollower implements AutoCloseable {
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(2);
    /// A build that waits no longer than this isn't worth a word on why.
    private static final Duration SHORT_WAIT = Duration.ofMillis(500);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofHours(2);
    /// Each follower holds a thread of the server.
    private static final int FOLLOWERS_LIMIT = 32;
    private static final int CHUNKS = 50;

    private final Bell bell;
    private final Addresses addresses;
    private final Function<Build, Optional<String>> whyWaiting;
    private final AppStore apps;
    private final BuildStore builds;
    private final BuildLog log;
    private final ImageStore images;
    private final ReleaseStore releases;
    private final RunStore runs;
    private final InstanceStore instances;
    private final Semaphore places = new Semaphore(FOLLOWERS_LIMIT);
    private volatile boolean closed;

    BuildFollower(Database database, Bell bell, Addresses addresses, Function<Build, Optional<String>> whyWaiting) {
        this.bell = bell;
        this.addresses = addresses;
        this.whyWaiting = whyWaiting;
        this.apps = new AppStore(database);
        this.builds = new BuildStore(database);
        this.log = new BuildLog(database);
        this.images = new ImageStore(database);
        this.releases = new ReleaseStore(database);
        this.runs = new RunStore(database);
        this.instances = new InstanceStore(database);
    }

    /// Returns when the build and its release have ended.
    ///
    /// @throws IOException when the pusher has gone: that ends the watching and nothing else
    void follow(App app, Build build, Terminal terminal) throws IOException {
        terminal.say(
                "-----> Build " + build.number() + " of " + build.commit().id().abbreviated() + " queued");
        DeployPause pause = app.pause();
        if (pause != null) {
            terminal.say("       It will be built, but not released: " + pause.sentence());
        }
        terminal.flush();
        if (!places.tryAcquire()) {
            leave(terminal, "Too many pushes are being watched");
            return;
        }
        Semaphore rung = new Semaphore(1);
        try (AutoCloseable listening = bell.onRing(ring -> {
            if (concerns(ring, app, build)) {
                rung.release();
            }
        })) {
            Objects.requireNonNull(listening);
            watch(app, build, terminal, rung);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            places.release();
        }
    }

    private static boolean concerns(Bell.Ring ring, App app, Build build) {
        return switch (ring.topic()) {
            case ANY, QUEUE, BUILD, RELEASE -> true;
            case LOG -> ring.id() == build.id();
            case INSTANCE, APP -> ring.id() == app.id();
            case WORKER -> false;
        };
    }

    private void watch(App app, Build build, Terminal terminal, Semaphore rung) throws IOException {
        BuildTranscript transcript = new BuildTranscript(addresses.app(app.name()), addresses.page(app.name()));
        Instant deadline = Instant.now().plus(PATIENCE);
        Instant lastSign = Instant.now();
        while (!transcript.isOver()) {
            if (awaitRing(rung) || closed || Instant.now().isAfter(deadline)) {
                leave(terminal, closed ? "Slipway is restarting" : "This has been watched long enough");
                return;
            }
            Optional<BuildPicture> picture = picture(app, build, transcript);
            if (picture.isEmpty()) {
                terminal.say("-----> The app was deleted; its builds end here");
                terminal.flush();
                return;
            }
            List<String> lines = transcript.next(picture.get());
            for (String line : lines) {
                terminal.say(line);
            }
            if (!lines.isEmpty()) {
                terminal.flush();
                lastSign = Instant.now();
            } else if (Instant.now().isAfter(lastSign.plus(KEEP_ALIVE.minus(LOOK_ANYWAY)))) {
                terminal.keepAlive();
                lastSign = Instant.now();
            }
        }
    }

    /// True when it's time to go because the thread was interrupted.
    private static boolean awaitRing(Semaphore rung) {
        try {
            boolean wasRung = rung.tryAcquire(LOOK_ANYWAY.toMillis(), TimeUnit.MILLISECONDS);
            if (wasRung) {
                rung.drainPermits();
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void leave(Terminal terminal, String why) throws IOException {
        terminal.say("-----> " + why + ". The build goes on; see " + addresses.dashboard());
        terminal.flush();
    }

    /// The build is read before its steps and log, so that a build that has ended comes with all of them. Empty
    /// when the app was deleted.
    private Optional<BuildPicture> picture(App app, Build watched, BuildTranscript transcript) {
        Optional<Build> found = builds.find(watched.id());
        if (found.isEmpty() || apps.find(app.id()).isEmpty()) {
            return Optional.empty();
        }
        Build build = found.get();
        Release release = build.state() == BuildState.SUCCEEDED
                ? releases.ofBuild(build.id()).orElse(null)
                : null;
        return Optional.of(new BuildPicture(
                build,
                Instant.now().isBefore(build.queuedAt().plus(SHORT_WAIT))
                        ? null
                        : whyWaiting.apply(build).orElse(null),
                log.steps(build.id(), build.attempt()),
                newLines(build, transcript.nextLine(build.attempt())),
                build.state() == BuildState.SUCCEEDED
                        ? images.ofBuild(build.id()).orElse(null)
                        : null,
                release,
                release == null
                        ? null
                        : runs.ofReleases(List.of(release.id())).stream()
                                .findFirst()
                                .orElse(null),
                release == null ? List.<Instance>of() : instances.ofRelease(release.id()),
                live(app)));
    }

    private List<String> newLines(Build build, int from) {
        List<String> lines = new ArrayList<>();
        List<LogChunk> chunks = log.read(build.id(), build.attempt(), from, CHUNKS);
        while (!chunks.isEmpty()) {
            for (LogChunk chunk : chunks) {
                lines.addAll(chunk.lines()
                        .subList(
                                Math.max(0, from + lines.size() - chunk.firstLine()),
                                chunk.lines().size()));
            }
            chunks = chunks.size() < CHUNKS
                    ? List.of()
                    : log.read(build.id(), build.attempt(), from + lines.size(), CHUNKS);
        }
        return lines;
    }

    private @Nullable Integer live(App app) {
        return releases.inState(app.id(), ReleaseState.LIVE).stream()
                .map(Release::number)
                .findFirst()
                .orElse(null);
    }

    /// How many pushers watch just now.
    int watching() {
        return FOLLOWERS_LIMIT - places.availablePermits();
    }

    /// Lets all who watch go, with a sentence.
    @Override
    public void close() {
        closed = true;
    }
}
