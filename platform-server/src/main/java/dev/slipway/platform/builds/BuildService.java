package dev.slipway.platform.builds;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.db.builds.LogPruning;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.workers.WorkerStore;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Asking for builds, watching and cancelling them.
@Service
public class BuildService {
    /// Which logs there are, as a sentence.
    public static final String LOGS_KEPT = "The newest " + LogPruning.KEPT
            + " builds of an app have theirs, and those whose image is in the registry.";

    private final AppService apps;
    private final BuildStore builds;
    private final BuildLog log;
    private final ImageStore images;
    private final WorkerStore workers;

    BuildService(AppService apps, BuildStore builds, BuildLog log, ImageStore images, WorkerStore workers) {
        this.apps = apps;
        this.builds = builds;
        this.log = log;
        this.images = images;
        this.workers = workers;
    }

    /// An app's builds with `number < before`, newest first.
    public List<Build> list(String app, int before, int limit) {
        return builds.ofApp(apps.find(app).id(), before, limit);
    }

    /// @throws Problem NOT_FOUND
    public Build find(String app, int number) {
        return builds.find(apps.find(app).id(), number)
                .orElseThrow(() -> Problem.notFound("App \"" + app + "\" has no build " + number + "."));
    }

    /// One whose log and steps are still there.
    ///
    /// @throws Problem NOT_FOUND
    public Build findWithLog(String app, int number) {
        Build build = find(app, number);
        if (!build.logKept()) {
            throw Problem.notFound(
                    "The log of build " + number + " of \"" + app + "\" isn't kept any more. " + LOGS_KEPT);
        }
        return build;
    }

    public Build find(long id) {
        return builds.find(id).orElseThrow(() -> Problem.notFound("There is no such build."));
    }

    /// What it made, when it succeeded.
    public Optional<ImageVersion> image(Build build) {
        return images.ofBuild(build.id());
    }

    public List<BuildStep> steps(Build build) {
        return log.steps(build.id(), build.attempt());
    }

    /// Chunks of the present attempt's log from `fromLine` on, at most `limit`.
    public List<LogChunk> log(Build build, int fromLine, int limit) {
        return log.read(build.id(), build.attempt(), fromLine, limit);
    }

    public int logLines(Build build) {
        return log.lineCount(build.id(), build.attempt());
    }

    /// The newest build of the branch that the app is built from: the one that can be built again.
    public Optional<Build> newest(String name) {
        return newest(apps.find(name));
    }

    private Optional<Build> newest(App app) {
        return builds.newest(app.id(), app.source().branch());
    }

    /// Builds the commit of the newest build of the app's branch once more.
    ///
    /// @throws Problem CONFLICT when nothing of that branch was built yet
    public Build again(String name, String by) {
        App app = apps.find(name);
        String branch = app.source().branch();
        Build last = newest(app)
                .orElseThrow(() -> Problem.conflict("Nothing of \"" + name + "\" was built from " + branch
                        + " yet. Push a commit to " + branch + " first."));
        return builds.enqueue(new BuildRequest(app.id(), BuildCause.MANUAL, last.branch(), last.commit(), by));
    }

    /// @throws Problem CONFLICT when the build has already ended
    public Build cancel(String app, int number, String by) {
        Build build = find(app, number);
        if (!builds.cancel(build.id(), by)) {
            throw Problem.conflict(
                    "Build " + number + " of \"" + app + "\" has already ended; there is nothing to cancel.");
        }
        return find(app, number);
    }

    /// Why a queued build waits, as a sentence; empty when it doesn't.
    public Optional<String> whyWaiting(Build build) {
        if (build.state() != BuildState.QUEUED) {
            return Optional.empty();
        }
        List<Build> open = builds.open();
        Optional<Build> sameApp = open.stream()
                .filter(b -> b.appId() == build.appId() && b.state() == BuildState.RUNNING)
                .findFirst();
        if (sameApp.isPresent()) {
            return Optional.of("Build " + sameApp.get().number()
                    + " of this app is running; an app's builds run one after the other");
        }
        String retryMessage = build.message();
        if (build.attempt() > 0 && retryMessage != null) {
            return Optional.of("It will be tried again: " + retryMessage);
        }
        int alive = workers.alive().size();
        if (alive == 0) {
            return Optional.of("No worker is running; see ./slipway status");
        }
        long ahead = open.stream()
                .filter(b -> b.state() == BuildState.QUEUED && b.id() < build.id())
                .count();
        return Optional.of(
                ahead == 0
                        ? "It is next"
                        : ahead + (ahead == 1 ? " build is" : " builds are") + " ahead of it, for " + alive
                                + " workers");
    }
}
