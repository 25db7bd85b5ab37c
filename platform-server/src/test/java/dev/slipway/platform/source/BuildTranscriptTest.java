package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuildTranscriptTest {
    static final Instant QUEUED = Instant.parse("2026-01-02T03:04:05Z");
    static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    private final BuildTranscript transcript =
            new BuildTranscript("http://shop.localhost:8080", "http://localhost:8080/apps/shop");

    @Test
    void aBuildThatIsHeldEndsWithTheReasonAndTheWayOn() {
        Build held = build(
                BuildState.SUCCEEDED,
                BuildReason.DEPLOYS_PAUSED,
                "Built as v7, not released: automatic deploys are paused since the rollback to release 3 by ada",
                null,
                null);
        assertThat(tell(picture(held).live(8)))
                .endsWith(
                        "-----> Built as v7, not released: automatic deploys are paused since the rollback to release 3 by ada",
                        "       Release 8 stays live. Resume deploys, or release this image, at"
                                + " http://localhost:8080/apps/shop");
        assertThat(transcript.isOver()).isTrue();
    }

    @Test
    void aBuildIsToldFromItsQueueToItsAddress() {
        assertThat(tell(picture(build(BuildState.QUEUED)).waiting("It is next")))
                .containsExactly("       It is next");
        assertThat(tell(picture(build(BuildState.QUEUED)).waiting("It is next")))
                .isEmpty();
        assertThat(tell(picture(running(1))
                        .log("[1/2] RUN make")
                        .steps(step(1, "[1/2] RUN make", BuildStep.State.RUNNING, null))))
                .containsExactly("-----> Build 12 started on worker w1", "       [1/2] RUN make");
        assertThat(tell(picture(running(1))
                        .log("compiling", "[2/2] COPY . / (cached)")
                        .steps(
                                step(1, "[1/2] RUN make", BuildStep.State.DONE, 1_234L),
                                step(2, "[2/2] COPY . /", BuildStep.State.CACHED, 0L))))
                .containsExactly("       compiling", "       [1/2] RUN make  1.2 s", "       [2/2] COPY . /  CACHED");
        assertThat(transcript.nextLine(1)).isEqualTo(3);
        assertThat(tell(picture(build(BuildState.SUCCEEDED)).release(release(ReleaseState.PENDING, null))))
                .containsExactly("-----> Image v7 (12.3 MB) " + DIGEST.value(), "-----> Release 9 of image v7");
        assertThat(tell(picture(build(BuildState.SUCCEEDED)).release(release(ReleaseState.STARTING, null))))
                .containsExactly("       starting");
        assertThat(transcript.isOver()).isFalse();
        assertThat(tell(picture(build(BuildState.SUCCEEDED))
                        .release(release(ReleaseState.LIVE, null))
                        .healthy()))
                .containsExactly(
                        "       healthy after 0.3 s",
                        "-----> Live at http://shop.localhost:8080 (release 9) after 1.3 s");
        assertThat(transcript.isOver()).isTrue();
    }

    @Test
    void whatTheOwnerShouldKnowOfAHealthyInstanceIsToldWithIt() {
        assertThat(tell(picture(build(BuildState.SUCCEEDED))
                        .release(release(ReleaseState.LIVE, null))
                        .healthy("It listens on port 3000")))
                .containsSequence("       healthy after 0.3 s", "       It listens on port 3000");
    }

    @Test
    void aHeadStartThatIsHealthyBeforeItsReleaseStartsIsntToldToStart() {
        tell(picture(build(BuildState.SUCCEEDED))
                .release(release(ReleaseState.PENDING, null))
                .healthy());
        assertThat(tell(picture(build(BuildState.SUCCEEDED))
                        .release(release(ReleaseState.STARTING, null))
                        .healthy()))
                .isEmpty();
    }

    @Test
    void aLongStepIsToldByItsBeginning() {
        String name = "[1/1] RUN " + "a && ".repeat(100);
        assertThat(tell(picture(running(1)).log(name).steps(step(1, name, BuildStep.State.DONE, 100L))))
                .containsExactly(
                        "-----> Build 12 started on worker w1", "       " + name.substring(0, 120) + "…  0.1 s");
        assertThat(tell(picture(running(1)).log("hello").steps(step(1, name, BuildStep.State.DONE, 100L))))
                .containsExactly("       hello");
    }

    @Test
    void aStepThatSaysNothingIsOneLineAndWhatBuildKitDoesForItselfIsNone() {
        assertThat(tell(picture(running(1))
                        .log("[1/1] COPY . /")
                        .steps(
                                step(1, "[internal] load remote build context", BuildStep.State.DONE, 30L),
                                step(2, "[1/1] COPY . /", BuildStep.State.DONE, 100L),
                                step(3, "exporting to image", BuildStep.State.DONE, 2_000L))))
                .containsExactly(
                        "-----> Build 12 started on worker w1",
                        "       [1/1] COPY . /  0.1 s",
                        "       exporting to image  2.0 s");
    }

    @Test
    void whatEndedBeforeAStepBeganIsToldBeforeIt() {
        assertThat(tell(picture(running(1))
                        .log("[1/3] COPY a /", "[3/3] RUN make", "hello")
                        .steps(
                                step(1, "[1/3] COPY a /", BuildStep.State.CACHED, 0L),
                                step(2, "[2/3] COPY b /", BuildStep.State.CACHED, 0L),
                                step(3, "[3/3] RUN make", BuildStep.State.RUNNING, null))))
                .containsExactly(
                        "-----> Build 12 started on worker w1",
                        "       [1/3] COPY a /  CACHED",
                        "       [2/3] COPY b /  CACHED",
                        "       [3/3] RUN make",
                        "       hello");
    }

    @Test
    void lastLinesAreLeftOutOfABuildsReasonAndShownInAReleases() {
        assertThat(tell(picture(build(
                        BuildState.FAILED, BuildReason.STEP_FAILED, "RUN x exited with 3. Last lines:\na\nb", 4, 3))))
                .contains("-----> Build 12 failed: RUN x exited with 3. (Dockerfile line 4)")
                .doesNotContain("       a");
        BuildTranscript other = new BuildTranscript("http://shop.localhost:8080", "http://localhost:8080/apps/shop");
        assertThat(other.next(picture(build(BuildState.SUCCEEDED))
                        .release(release(ReleaseState.FAILED, "It exited with 4. Last lines:\nbye"))
                        .make()))
                .containsSequence("-----> Release 9 failed: It exited with 4. Last lines:", "       bye");
    }

    @Test
    void aFailedBuildSaysWhereAndWhatStaysLive() {
        Build failed = build(BuildState.FAILED, BuildReason.STEP_FAILED, "RUN npm ci failed", 9, 1);
        assertThat(tell(picture(failed).live(8)))
                .containsExactly(
                        "-----> Build 12 started on worker w1",
                        "-----> Build 12 failed: RUN npm ci failed (Dockerfile line 9), exit code 1",
                        "       Release 8 stays live.");
        assertThat(transcript.isOver()).isTrue();
    }

    @Test
    void whatTheMessageSaysIsntSaidTwice() {
        Build failed =
                build(BuildState.FAILED, BuildReason.STEP_FAILED, "Dockerfile line 9 (RUN npm ci): exit 1", 9, 1);
        assertThat(tell(picture(failed)))
                .contains(
                        "-----> Build 12 failed: Dockerfile line 9 (RUN npm ci): exit 1",
                        "       Nothing of this app is live.");
    }

    @Test
    void anErroredBuildSaysThatItIsntTheUsersFault() {
        assertThat(tell(picture(build(BuildState.ERRORED, BuildReason.DISK_FULL, "The disk is full", null, null))))
                .contains("-----> Build 12 could not be carried out: The disk is full");
        assertThat(transcript.isOver()).isTrue();
    }

    @Test
    void aSupersededOrCancelledBuildEndsTheWatching() {
        assertThat(tell(picture(build(
                        BuildState.SUPERSEDED,
                        BuildReason.NEWER_COMMIT,
                        "Build 13 of a newer commit took its place",
                        null,
                        null))))
                .contains("-----> Build 13 of a newer commit took its place");
        assertThat(transcript.isOver()).isTrue();
    }

    @Test
    void aFailedReleaseSaysWhyAndWhatStaysLive() {
        assertThat(tell(picture(build(BuildState.SUCCEEDED))
                        .release(release(ReleaseState.FAILED, "it exited with 1"))
                        .live(8)))
                .endsWith("-----> Release 9 failed: it exited with 1", "       Release 8 stays live.");
        assertThat(transcript.isOver()).isTrue();
    }

    @Test
    void aReleaseCommandIsToldWhenItStartsAndWhenItIsDone() {
        Release starting = release(ReleaseState.STARTING, null);
        Build built = build(BuildState.SUCCEEDED);
        assertThat(tell(picture(built).release(starting).command(RunState.RUNNING, null)))
                .endsWith("       running the release command: bin/migrate 'up now'")
                .doesNotContain("       starting");
        assertThat(tell(picture(built).release(starting).command(RunState.RUNNING, null)))
                .isEmpty();
        assertThat(tell(picture(built).release(starting).command(RunState.SUCCEEDED, 2500)))
                .containsExactly("       done after 2.5 s", "       starting");
        assertThat(new BuildTranscript("http://shop", "http://page")
                        .next(picture(built)
                                .release(starting)
                                .command(RunState.FAILED, 2500)
                                .make()))
                .noneMatch(line -> line.contains("starting"));
    }

    @Test
    void anotherAttemptIsToldFromItsBeginning() {
        tell(picture(running(1)).log("one").steps(step(1, "[1/1] RUN x", BuildStep.State.DONE, 1L)));
        assertThat(transcript.nextLine(2)).isZero();
        assertThat(tell(picture(running(2)).log("one").steps(step(1, "[1/1] RUN x", BuildStep.State.DONE, 1L))))
                .containsExactly(
                        "-----> Build 12 started on worker w1 (attempt 2)", "       one", "       [1/1] RUN x  0.0 s");
    }

    private List<String> tell(Picture picture) {
        return transcript.next(picture.make());
    }

    private static Picture picture(Build build) {
        return new Picture(build);
    }

    private static Build running(int attempt) {
        return build(BuildState.RUNNING, null, null, null, null, attempt);
    }

    private static Build build(BuildState state) {
        return build(state, null, null, null, null);
    }

    private static Build build(
            BuildState state,
            @Nullable BuildReason reason,
            @Nullable String message,
            @Nullable Integer line,
            @Nullable Integer exit) {
        return build(
                state,
                reason,
                message,
                line,
                exit,
                state == BuildState.QUEUED || state == BuildState.SUPERSEDED ? 0 : 1);
    }

    private static Build build(
            BuildState state,
            @Nullable BuildReason reason,
            @Nullable String message,
            @Nullable Integer line,
            @Nullable Integer exit,
            int attempt) {
        Commit commit = new Commit(new CommitId("1a2b3c4d".repeat(5)), "Ada <ada@example.org>", "Subject", QUEUED);
        return new Build(
                1,
                2,
                12,
                BuildCause.PUSH,
                "main",
                commit,
                "ada",
                state,
                reason,
                message,
                line,
                exit,
                attempt,
                0,
                attempt == 0 ? null : "w1",
                null,
                null,
                null,
                null,
                true,
                QUEUED,
                null,
                null);
    }

    private static BuildStep step(int number, String name, BuildStep.State state, @Nullable Long millis) {
        return new BuildStep(number, name, state, QUEUED, millis);
    }

    private static Release release(ReleaseState state, @Nullable String message) {
        return new Release(
                4,
                2,
                9,
                5,
                0,
                Processes.DEFAULT,
                ReleaseCause.BUILD,
                null,
                "ada",
                state,
                message == null ? null : ReleaseReason.EXITED,
                message,
                QUEUED,
                QUEUED,
                QUEUED.plusMillis(1_300),
                null);
    }
}
