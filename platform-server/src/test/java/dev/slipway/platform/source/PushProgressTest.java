package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The terminal of a real `git push`, with this test in the place of the worker and the runtime.
class PushProgressTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    @TempDir
    Path directory;

    private GitPlatform platform;
    private GitClient git;
    private App app;
    private BuildQueue queue;
    private BuildLog log;
    private ReleaseStore releases;

    @BeforeEach
    void start() throws IOException {
        platform = new GitPlatform(directory.resolve("home"));
        git = GitClient.init(Files.createDirectory(directory.resolve("work")));
        app = platform.hosted("shop");
        queue = new BuildQueue(platform.database);
        log = new BuildLog(platform.database);
        releases = new ReleaseStore(platform.database);
        git.commit("Dockerfile", "FROM scratch\n");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void thePusherSeesEverythingUpToTheAddress() throws Exception {
        Process push = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = push.inputReader();
        readUntil(terminal, "Build 1 of");
        BuildQueue.Claim claim = claim();
        readUntil(terminal, "Build 1 started on worker w1");
        log.step(claim, new BuildStep(1, "[1/1] COPY . /", BuildStep.State.RUNNING, Instant.now(), null));
        log.append(claim, 0, List.of("hello", "\u001b[2J\u001b[32mgreen"));
        assertThat(readUntil(terminal, "green"))
                .contains("remote:        \u001b[32mgreen\u001b[0m")
                .doesNotContain("\u001b[2J");
        log.step(claim, new BuildStep(1, "[1/1] COPY . /", BuildStep.State.DONE, Instant.now(), 1_500L));
        readUntil(terminal, "[1/1] COPY . /  1.5 s");
        queue.finish(claim, new BuildOutcome.Succeeded(DIGEST, DIGEST, 12_000_000, 80));
        readUntil(terminal, "Image v1 (12.0 MB)");
        Release release = release();
        releases.start(release);
        readUntil(terminal, "starting");

        Instant live = Instant.now();
        releases.goLive(release);
        String rest = readUntil(terminal, "Live at http://shop.localhost:8080 (release 1) after");
        assertThat(Duration.between(live, Instant.now())).isLessThan(Duration.ofMillis(500));
        assertThat(rest).isNotEmpty();
        assertThat(push.waitFor()).isZero();
    }

    @Test
    void aLogOfManyChunksComesWholeAndInOrder() throws Exception {
        Process push = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = push.inputReader();
        readUntil(terminal, "Build 1 of");
        BuildQueue.Claim claim = claim();
        for (int chunk = 0; chunk < 120; chunk++) {
            int first = chunk * 10;
            log.append(
                    claim,
                    first,
                    IntStream.range(first, first + 10)
                            .mapToObj(i -> "line " + i)
                            .toList());
        }
        queue.finish(claim, new BuildOutcome.Failed(BuildReason.STEP_FAILED, "RUN false failed", 3, 1));

        List<String> lines = terminal.lines()
                .filter(line -> line.contains("       line "))
                .map(line -> line.substring(line.indexOf("line ")).strip())
                .toList();
        assertThat(lines)
                .isEqualTo(IntStream.range(0, 1_200).mapToObj(i -> "line " + i).toList());
        assertThat(push.waitFor()).isZero();
    }

    @Test
    void aFailedBuildSaysSoAndTheOldReleaseStays() throws Exception {
        goLiveOnce();
        git.commit("more", "1");
        Process push = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = push.inputReader();
        readUntil(terminal, "Build 2 of");
        queue.finish(claim(), new BuildOutcome.Failed(BuildReason.STEP_FAILED, "RUN npm ci failed", 9, 1));
        readUntil(terminal, "Build 2 failed: RUN npm ci failed (Dockerfile line 9), exit code 1");
        readUntil(terminal, "Release 1 stays live.");
        assertThat(push.waitFor()).isZero();
    }

    @Test
    void aFailedReleaseSaysSoAndTheOldOneStays() throws Exception {
        goLiveOnce();
        git.commit("more", "1");
        Process push = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = push.inputReader();
        readUntil(terminal, "Build 2 of");
        queue.finish(claim(), new BuildOutcome.Succeeded(DIGEST, DIGEST, 1, 80));
        Release release = release();
        releases.start(release);
        releases.fail(release, ReleaseReason.EXITED, "It exited with 3");
        readUntil(terminal, "Release 2 failed: It exited with 3");
        readUntil(terminal, "Release 1 stays live.");
        assertThat(push.waitFor()).isZero();
    }

    @Test
    void aNewerPushEndsTheWatchingOfTheOlder() throws Exception {
        Process first = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = first.inputReader();
        readUntil(terminal, "Build 1 of");
        GitClient clone = colleague();
        clone.commit("more", "1");
        Process second = clone.start("push", "origin", "main");
        readUntil(second.inputReader(), "Build 2 of");
        readUntil(terminal, "Build 2 of a newer commit took its place");
        assertThat(first.waitFor()).isZero();
        platform.cancelBuildsAsTheyCome();
        assertThat(second.waitFor()).isZero();
    }

    @Test
    void deletingTheAppEndsTheWatching() throws Exception {
        Process push = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = push.inputReader();
        readUntil(terminal, "Build 1 of");
        platform.apps.delete(app.id());
        readUntil(terminal, "The app was deleted");
        assertThat(push.waitFor()).isZero();
    }

    private GitClient colleague() {
        Path clone = directory.resolve("clone");
        git.succeed("clone", platform.url("shop"), clone.toString());
        return new GitClient(clone);
    }

    private void goLiveOnce() throws Exception {
        Process push = git.start("push", platform.url("shop"), "main");
        BufferedReader terminal = push.inputReader();
        readUntil(terminal, "Build 1 of");
        queue.finish(claim(), new BuildOutcome.Succeeded(DIGEST, DIGEST, 1, 80));
        Release release = release();
        releases.start(release);
        releases.goLive(release);
        readUntil(terminal, "Live at");
        push.waitFor();
    }

    private BuildQueue.Claim claim() {
        return await().until(() -> queue.claim("w1"), java.util.Optional::isPresent)
                .orElseThrow();
    }

    private Release release() {
        return releases.inState(app.id(), ReleaseState.PENDING).getFirst();
    }

    private static String readUntil(BufferedReader terminal, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = terminal.readLine(); line != null; line = terminal.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                return String.join("\n", lines);
            }
        }
        throw new AssertionError("\"" + text + "\" never came, but:\n" + String.join("\n", lines));
    }
}
