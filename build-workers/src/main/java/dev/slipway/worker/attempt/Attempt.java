package dev.slipway.worker.attempt;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.ProcessFile;
import dev.slipway.worker.buildkit.BuildCommand;
import dev.slipway.worker.buildkit.BuildOutput;
import dev.slipway.worker.buildkit.Diagnosis;
import dev.slipway.worker.buildkit.DockerfileOutline;
import dev.slipway.worker.buildkit.Mask;
import dev.slipway.worker.context.BuildContext;
import dev.slipway.worker.context.CommitTree;
import dev.slipway.worker.context.ContextTar;
import dev.slipway.worker.engine.EngineException;
import dev.slipway.worker.engine.ImageFacts;
import dev.slipway.worker.engine.ImageTag;
import dev.slipway.worker.engine.PushRefused;
import dev.slipway.worker.process.StepLimiter;
import dev.slipway.worker.slipwayfile.InvalidFile;
import dev.slipway.worker.slipwayfile.SlipwayFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt of one build, from the claim to its outcome: find the context, build, announce the image, push
/// it.
///
/// It doesn't write the outcome; whoever holds the claim does. For one thread; what stops it is [StopSignal].
public final class Attempt {
    private static final Logger log = LoggerFactory.getLogger(Attempt.class);
    /// How often a push looks whether the registry is back.
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Workplace place;
    private final BuildQueue queue;
    private final BuildQueue.Claim claim;
    private final StopSignal stop;
    private final Journal journal;
    private volatile boolean registryAway;

    private Attempt(Workplace place, BuildQueue.Claim claim, StopSignal stop, Journal journal) {
        this.place = place;
        this.queue = new BuildQueue(place.database());
        this.claim = claim;
        this.stop = stop;
        this.journal = journal;
    }

    /// Does the attempt; its log and steps are recorded when this returns. Empty when the lease was lost: then
    /// there is nothing to write.
    public static Optional<BuildOutcome> run(Workplace place, BuildQueue.Claim claim, StopSignal stop)
            throws InterruptedException {
        BuildOutcome outcome;
        try (Journal journal = new Journal(place.database(), claim, stop, place.logLimits())) {
            outcome = new Attempt(place, claim, stop, journal).outcome();
        }
        return stop.raised().isPresent()
                ? Stopped.outcome(stop.raised().get(), place.workerId())
                : Optional.of(outcome);
    }

    private BuildOutcome outcome() throws InterruptedException {
        try {
            return build(new AppStore(place.database())
                    .find(claim.build().appId())
                    .orElseThrow(() -> new AttemptEnded(
                            new BuildOutcome.Errored(BuildReason.INTERNAL, "The app was deleted", false))));
        } catch (AttemptEnded e) {
            return e.outcome();
        } catch (BuildContext.NotBuildable e) {
            return new BuildOutcome.Failed(
                    BuildReason.valueOf(e.kind().name()), String.valueOf(e.getMessage()), null, null);
        } catch (EngineException e) {
            return new BuildOutcome.Errored(
                    e.status() == 0 ? BuildReason.ENGINE_UNAVAILABLE : BuildReason.INTERNAL,
                    "The Docker Engine failed: " + e.getMessage(),
                    true);
        } catch (IOException | RuntimeException e) {
            if (stop.raised().isEmpty()) {
                log.error("build {} failed unexpectedly", claim.build().id(), e);
            }
            return new BuildOutcome.Errored(BuildReason.INTERNAL, "The worker failed: " + e, true);
        }
    }

    private BuildOutcome build(App app)
            throws AttemptEnded, BuildContext.NotBuildable, IOException, InterruptedException {
        Thread timer = startTimer(app);
        try (CommitTree tree = open(app)) {
            ProcessFile file = processFile(tree);
            BuildContext context = BuildContext.find(tree, app.build());
            Digest imageId;
            try (BuildSecrets secrets = BuildSecrets.of(app, place)) {
                imageId = runDocker(app, tree, context, secrets);
            }
            ImageFacts image = place.engine().inspect(imageId);
            queue.imageBuilt(claim, image.id(), image.port(), file);
            log.info("build {}: image {} built", claim.build().id(), image.id().abbreviated());
            Digest digest = push(app);
            return new BuildOutcome.Succeeded(digest, image.id(), image.sizeBytes(), image.port());
        } finally {
            timer.interrupt();
        }
    }

    private Thread startTimer(App app) {
        Duration limit = Duration.ofSeconds(app.build().timeoutSeconds());
        return Thread.ofVirtual().name("timer").start(() -> {
            try {
                Thread.sleep(limit);
                stop.raise(registryAway ? new Stop.RegistryStaysAway(limit) : new Stop.TimedOut(limit));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private CommitTree open(App app) throws AttemptEnded, IOException {
        try {
            return CommitTree.open(
                    place.repository(app.id()), claim.build().commit().id().value());
        } catch (MissingObjectException e) {
            throw AttemptEnded.failed(
                    BuildReason.BAD_CONTEXT,
                    "The commit " + claim.build().commit().id().abbreviated()
                            + " isn't in the app's repository any more; was another history pushed over it? Push again.");
        }
    }

    /// Null when the commit has none.
    private @Nullable ProcessFile processFile(CommitTree tree) throws AttemptEnded, IOException {
        Optional<String> text = tree.text(ProcessFile.NAME, SlipwayFile.LARGEST + 1);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return SlipwayFile.read(text.get());
        } catch (InvalidFile e) {
            throw AttemptEnded.failed(BuildReason.BAD_PROCESS_FILE, String.valueOf(e.getMessage()));
        }
    }

    private Digest runDocker(App app, CommitTree tree, BuildContext context, BuildSecrets secrets)
            throws AttemptEnded, BuildContext.NotBuildable, IOException, InterruptedException {
        BuildOutput output = new BuildOutput(
                journal, Mask.of(app.build().buildArgs(), secrets.values().values()), Clock.systemUTC());
        DockerBuild docker = DockerBuild.start(command(app, context, secrets), place, stop);
        log.info("build {}: docker build runs", claim.build().id());
        Optional<StepLimiter> limiter = place.stepLimits().map(limits -> StepLimiter.start(marker(), limits));
        int status;
        try {
            status = docker.run(
                    out -> ContextTar.write(tree, context, place.contextLimits(), out)
                            .warnings()
                            .forEach(journal::line),
                    output);
        } finally {
            limiter.ifPresent(StepLimiter::close);
        }
        if (status != 0) {
            throw new AttemptEnded(Diagnosis.of(new Diagnosis.Evidence(
                    status,
                    output.failedStep(),
                    output.remarks(),
                    context.dockerfile(),
                    DockerfileOutline.parse(context.text()))));
        }
        return docker.imageId();
    }

    private BuildCommand command(App app, BuildContext context, BuildSecrets secrets) {
        Build build = claim.build();
        return new BuildCommand(
                place.docker(),
                place.directory(),
                context.dockerfile(),
                app.build().targetStage(),
                app.build().buildArgs(),
                secrets.files(),
                List.of(
                        LocalImages.tag(place, app, build.number()).toString(),
                        registryTag(app).toString()),
                Map.of(
                        "dev.slipway.installation",
                        place.installation(),
                        "dev.slipway.app",
                        String.valueOf(app.id()),
                        "dev.slipway.build",
                        String.valueOf(build.id())),
                place.stepLimits().isPresent() ? marker() : null);
    }

    private String marker() {
        return StepLimiter.marker(place.installation());
    }

    private ImageTag registryTag(App app) {
        return new ImageTag(
                place.registry().address() + "/" + app.name(),
                "b" + claim.build().number());
    }

    /// Waits for a registry that is away, as it is while platform-server restarts, until the build's time is over.
    private Digest push(App app) throws AttemptEnded, EngineException, InterruptedException {
        while (true) {
            try {
                return place.engine().push(registryTag(app), place.pusher(), stop::onRaise);
            } catch (PushRefused e) {
                if (place.registry().answers() || !registryReturns()) {
                    throw new AttemptEnded(refused(e));
                }
            }
        }
    }

    /// Blocks until it has, or the attempt is told to end: then false.
    private boolean registryReturns() throws InterruptedException {
        journal.line(
                "Waiting for the registry: platform-server doesn't answer. The image is built, and is pushed then.");
        log.info("build {} waits for the registry", claim.build().id());
        registryAway = true;
        do {
            if (stop.raisedWithin(LOOK)) {
                return false;
            }
        } while (!place.registry().answers());
        registryAway = false;
        return true;
    }

    private static BuildOutcome refused(PushRefused e) {
        boolean full = e.getMessage() != null
                && e.getMessage().matches("(?is).*(no space left|disk (is )?full|insufficient storage|507).*");
        return new BuildOutcome.Errored(
                full ? BuildReason.DISK_FULL : BuildReason.REGISTRY_UNAVAILABLE,
                "The image was built, but the registry didn't take it: " + e.getMessage(),
                true);
    }
}
