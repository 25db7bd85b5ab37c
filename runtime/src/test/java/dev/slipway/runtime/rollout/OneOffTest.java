package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.PROCESS;
import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import dev.slipway.db.apps.App;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.runs.RunStore;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Commands that people ask for, on a real engine and a real database, and the runtime tier dying meanwhile.
@Timeout(120)
class OneOffTest {
    private TestPlatform platform;
    private RunStore runs;
    private RunHistory history;
    private App app;
    private Release live;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform(Duration.ZERO, 0, 3);
        runs = new RunStore(platform.database);
        history = new RunHistory(platform.database);
        Digest image = TestImages.web("one", 8000);
        app = platform.app("shop", PROCESS);
        platform.config(app, 1, "{\"URL\":\"postgres://secret@db\"}");
        live = platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Run ask(int timeoutSeconds, String... command) {
        return runs.create(
                new RunStore.NewRun(app.id(), live.id(), Run.Kind.ONE_OFF, List.of(command), timeoutSeconds, "ada"));
    }

    private Run now(Run run) {
        return history.find(app.id(), run.id()).orElseThrow();
    }

    private Run awaitState(Run run, RunState state) {
        await().until(() -> now(run).state() == state);
        return now(run);
    }

    private String output(Run run) {
        return runs.output(run.id()).orElse("");
    }

    private List<String> containersOfRuns() {
        return platform.containers().stream()
                .filter(c -> c.getLabels().containsKey(Labels.RUN))
                .map(Container::getId)
                .toList();
    }

    @Test
    void itRunsOnceInTheLiveImageWithItsConfigAndIsNeverSentRequests() throws Exception {
        Run run = ask(60, "sh", "-c", "echo $SLIPWAY_APP $SLIPWAY_RELEASE $SLIPWAY_PROCESS $URL; ls -d /www");
        Run ended = awaitState(run, RunState.SUCCEEDED);
        assertThat(ended.exitCode()).isZero();
        assertThat(output(run)).isEqualTo("shop 1 run [masked]\n/www\n");
        await().until(() -> containersOfRuns().isEmpty());
        assertThat(platform.instancesOf(app)).hasSize(1);
        assertThat(platform.get("shop", "/").body()).isEqualTo("one\n");
    }

    @Test
    void wordsReachTheProgramLiterally() {
        String[] hostile = {"$(touch /tmp/x)", "`id`", "two\nlines", "a'b\"c", ";exit 9", "", "*", "--", "é漢\u001b[31m"
        };
        String[] command = new String[hostile.length + 4];
        List<String> head = List.of("sh", "-c", "for w in \"$@\"; do printf '<%s>' \"$w\"; done", "sh");
        for (int i = 0; i < command.length; i++) {
            command[i] = i < head.size() ? head.get(i) : hostile[i - head.size()];
        }
        Run run = ask(60, command);
        awaitState(run, RunState.SUCCEEDED);
        assertThat(output(run)).isEqualTo("<" + String.join("><", hostile) + ">");
    }

    @Test
    void whileItRunsWholeLinesCanBeReadWithoutSecrets() {
        Run run = ask(60, "sh", "-c", "echo with $URL; printf 'postgres://sec'; sleep 1000");
        await().until(() -> platform.outputSoFar(app, run.id()).orElse("").contains("\n"));
        assertThat(platform.outputSoFar(app, run.id())).contains("with [masked]\n");
        assertThat(platform.outputSoFar(app, run.id() + 1)).isEmpty();
        runs.requestCancel(run, "ada");
        awaitState(run, RunState.CANCELLED);
    }

    @Test
    void aFloodOfOutputIsKeptToItsEnd() {
        Run run = ask(60, "sh", "-c", "yes 0123456789012345678901234567890123456789 | head -n 200000; echo last line");
        awaitState(run, RunState.SUCCEEDED);
        assertThat(output(run)).hasSizeLessThanOrEqualTo(RunStore.MOST_OUTPUT).endsWith("0123456789\nlast line\n");
    }

    @Test
    void itHasATimeLimit() {
        Run run = ask(1, "sh", "-c", "trap 'echo tidied up; exit 7' TERM; echo begun; while true; do sleep 0.1; done");
        Run ended = awaitState(run, RunState.FAILED);
        assertThat(ended.reason()).isEqualTo(RunReason.TIMED_OUT);
        assertThat(ended.message()).startsWith("The command (sh -c ").contains("after its time limit of 1 s");
        assertThat(output(run)).isEqualTo("begun\ntidied up\n");
        await().until(() -> containersOfRuns().isEmpty());
    }

    @Test
    void cancelledItMayTidyUpAndWhatItSaysThenIsKept() {
        Run run = ask(60, "sh", "-c", "trap 'echo tidied up; exit 7' TERM; echo begun; while true; do sleep 0.1; done");
        awaitState(run, RunState.RUNNING);
        assertThat(runs.requestCancel(run, "bob")).isTrue();
        assertThat(runs.requestCancel(run, "eve")).isFalse();
        Run ended = awaitState(run, RunState.CANCELLED);
        assertThat(ended.message()).endsWith("was cancelled by bob.");
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(output(run)).isEqualTo("begun\ntidied up\n");
        await().until(() -> containersOfRuns().isEmpty());
        assertThat(runs.requestCancel(run, "eve")).isFalse();
    }

    @Test
    void killedInTheMiddleItGoesOnInTheSameContainerAndItsEndIsRecorded() {
        Run run = ask(60, "sh", "-c", "echo begun; sleep 3; echo done; exit 5");
        awaitState(run, RunState.RUNNING);
        List<String> before = containersOfRuns();
        platform.kill();
        platform.start();
        await().until(platform::ready);
        assertThat(containersOfRuns()).isEqualTo(before).hasSize(1);
        assertThat(awaitState(run, RunState.FAILED).exitCode()).isEqualTo(5);
        assertThat(output(run)).isEqualTo("begun\ndone\n");
    }

    @Test
    void whatEndedWhileNobodyWatchedIsntRunAgain() {
        Run run = ask(60, "sh", "-c", "echo begun; sleep 1; exit 4");
        awaitState(run, RunState.RUNNING);
        platform.kill();
        await().until(() -> platform.containers().stream()
                .filter(c -> c.getLabels().containsKey(Labels.RUN))
                .noneMatch(c -> c.getState().equals("running")));
        platform.start();
        assertThat(awaitState(run, RunState.FAILED).exitCode()).isEqualTo(4);
        assertThat(output(run)).isEqualTo("begun\n");
    }

    @Test
    void whatWasTakenAwayMeanwhileIsntRunAgainEither() {
        Run run = ask(60, "sleep", "1000");
        awaitState(run, RunState.RUNNING);
        platform.kill();
        TestImages.docker()
                .removeContainerCmd(containersOfRuns().getFirst())
                .withForce(true)
                .exec();
        platform.start();
        Run ended = awaitState(run, RunState.FAILED);
        assertThat(ended.reason()).isEqualTo(RunReason.INTERRUPTED);
        assertThat(ended.message()).endsWith("then run it again. It printed nothing.");
    }

    @Test
    void itOutlivesItsReleaseWhoseImageAndConfigItKeeps() throws Exception {
        Run running = ask(60, "sh", "-c", "sleep 2; echo $SLIPWAY_RELEASE");
        awaitState(running, RunState.RUNNING);
        platform.awaitState(platform.release(app, TestImages.web("two", 8000), 8000), ReleaseState.LIVE);
        awaitState(running, RunState.SUCCEEDED);
        assertThat(output(running)).isEqualTo("1\n");
        Run late = ask(60, "sh", "-c", "echo $SLIPWAY_RELEASE");
        awaitState(late, RunState.SUCCEEDED);
        assertThat(output(late)).isEqualTo("1\n");
    }

    @Test
    void withItsAppDeletedItIsStopped() {
        Run run = ask(60, "sleep", "1000");
        awaitState(run, RunState.RUNNING);
        platform.apps.delete(app.id());
        assertThat(now(run).state()).isEqualTo(RunState.CANCELLED);
        await().until(() -> platform.containersOf(app).isEmpty());
    }

    @Test
    void onlySoManyRunAtTheSameTimeAndAReleaseCommandDoesntWaitForThem() throws Exception {
        Run first = ask(60, "sleep", "1000");
        Run second = ask(60, "sleep", "1000");
        awaitState(first, RunState.RUNNING);
        awaitState(second, RunState.RUNNING);
        Run third = ask(60, "true");
        App other = platform.app(
                "other", new Processes(PROCESS, new TreeMap<>(), new ReleaseCommand(List.of("echo", "on"), 60)));
        platform.awaitState(platform.release(other, TestImages.web("one", 8000), 8000), ReleaseState.LIVE);
        assertThat(now(third).state()).isEqualTo(RunState.QUEUED);
        platform.kill();
        platform.start();
        platform.awaitState(platform.release(other, TestImages.web("two", 8000), 8000), ReleaseState.LIVE);
        assertThat(now(third).state()).isEqualTo(RunState.QUEUED);
        runs.requestCancel(first, "ada");
        awaitState(third, RunState.SUCCEEDED);
        assertThat(now(second).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aReleaseCommandCanBeCancelledAndItsReleaseFails() throws Exception {
        App other = platform.app(
                "other",
                new Processes(
                        PROCESS, new TreeMap<>(), new ReleaseCommand(List.of("sh", "-c", "echo on; sleep 99"), 60)));
        Release release = platform.release(other, TestImages.web("one", 8000), 8000);
        await().until(() -> runs.ofReleases(List.of(release.id())).getFirst().state() == RunState.RUNNING);
        runs.requestCancel(runs.ofReleases(List.of(release.id())).getFirst(), "ada");
        Release failed = platform.awaitState(release, ReleaseState.FAILED);
        assertThat(failed.reason()).isEqualTo(ReleaseReason.RELEASE_COMMAND_FAILED);
        assertThat(failed.message()).isEqualTo("The release command (sh -c 'echo on; sleep 99') was cancelled by ada.");
    }
}
