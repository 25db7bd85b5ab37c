package dev.slipway.platform.source;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [BuildPicture] in the making.
final class Picture {
    private final Build build;
    private @Nullable String waiting;
    private List<BuildStep> steps = List.of();
    private List<String> log = List.of();
    private @Nullable Release release;
    private @Nullable Run command;
    private List<Instance> instances = List.of();
    private @Nullable Integer live;

    Picture(Build build) {
        this.build = build;
    }

    Picture waiting(String why) {
        waiting = why;
        return this;
    }

    Picture steps(BuildStep... some) {
        steps = List.of(some);
        return this;
    }

    Picture log(String... lines) {
        log = List.of(lines);
        return this;
    }

    Picture release(Release some) {
        release = some;
        return this;
    }

    Picture command(RunState state, @Nullable Integer endedAfterMillis) {
        command = new Run(
                1,
                2,
                4,
                Run.Kind.RELEASE,
                List.of("bin/migrate", "up now"),
                600,
                state,
                null,
                null,
                null,
                "ada",
                BuildTranscriptTest.QUEUED,
                BuildTranscriptTest.QUEUED,
                endedAfterMillis == null ? null : BuildTranscriptTest.QUEUED.plusMillis(endedAfterMillis));
        return this;
    }

    Picture healthy() {
        return healthy(null);
    }

    Picture healthy(@Nullable String message) {
        instances = List.of(new Instance(
                "i1",
                2,
                4L,
                1L,
                Instance.State.SERVING,
                null,
                message,
                "c",
                "172.17.0.2",
                80,
                BuildTranscriptTest.QUEUED,
                BuildTranscriptTest.QUEUED.plusMillis(300),
                null));
        return this;
    }

    Picture live(int number) {
        live = number;
        return this;
    }

    BuildPicture make() {
        ImageVersion image = release == null
                ? null
                : new ImageVersion(
                        5,
                        2,
                        7,
                        1,
                        BuildTranscriptTest.DIGEST,
                        BuildTranscriptTest.DIGEST,
                        12_345_678,
                        80,
                        BuildTranscriptTest.QUEUED);
        return new BuildPicture(build, waiting, steps, log, image, release, command, instances, live);
    }
}
