package dev.slipway.platform.testing;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.testing.StoredImage;
import dev.slipway.platform.Home;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppService;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Brings the tables into a state as the other programs would: workers that build, the runtime that releases.
public final class Given {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final AppService apps;
    private final Database database;
    private final Home home;
    private final BuildStore builds;
    private final BuildQueue queue;
    private final ReleaseStore releases;

    public Given(AppService apps, Database database, Home home) {
        this.apps = apps;
        this.database = database;
        this.home = home;
        this.builds = new BuildStore(database);
        this.queue = new BuildQueue(database);
        this.releases = new ReleaseStore(database);
    }

    public static String name(String prefix) {
        return prefix + "-" + COUNTER.incrementAndGet();
    }

    /// A hosted app with a name of its own that begins with `prefix`.
    public App app(String prefix) {
        return apps.create(AppDraft.hosted(name(prefix)), "admin");
    }

    public Build queuedBuild(App app) {
        String digits = String.format("%08x", COUNTER.incrementAndGet()).repeat(5);
        Commit commit = new Commit(
                new CommitId(digits),
                "Ada <ada@example.com>",
                "Change the colour\n\nIt was red.",
                Instant.parse("2026-01-02T03:04:05Z"));
        return builds.enqueue(new BuildRequest(app.id(), BuildCause.PUSH, "main", commit, "ada"));
    }

    public BuildQueue.Claim claimedBuild(App app) {
        return claim(queuedBuild(app));
    }

    /// Builds that other tests left behind are cancelled on the way.
    public BuildQueue.Claim claim(Build build) {
        while (true) {
            Optional<BuildQueue.Claim> claim = queue.claim("w1");
            if (claim.isEmpty()) {
                throw new AssertionError("build " + build.number() + " can't be claimed");
            }
            if (claim.get().build().id() == build.id()) {
                return claim.get();
            }
            queue.finish(claim.get(), new BuildOutcome.Cancelled("a test"));
        }
    }

    public void finish(BuildQueue.Claim claim, BuildOutcome outcome) {
        if (!queue.finish(claim, outcome)) {
            throw new AssertionError("the lease was lost");
        }
    }

    /// Builds once more: an image whose first layer is always the same.
    public void built(App app) {
        BuildQueue.Claim claim = claimedBuild(app);
        StoredImage image = image(app).ofBuild(claim.build().number());
        finish(claim, image.store("config " + COUNTER.incrementAndGet(), "base", "layer " + COUNTER.get()));
    }

    /// To put images into the app's repository.
    public StoredImage image(App app) {
        return new StoredImage(database, home.registry(), app.name().value());
    }

    /// Builds once more and releases the result.
    public Release liveRelease(App app) {
        built(app);
        return live(app);
    }

    /// Makes the pending release live.
    public Release live(App app) {
        Release pending = releases.inState(app.id(), ReleaseState.PENDING).getFirst();
        releases.start(pending);
        releases.goLive(pending);
        return releases.find(pending.id()).orElseThrow();
    }
}
