package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollbackWarningsTest {
    private static final Release TARGET = release(3, ReleaseState.RETIRED);

    @Test
    void usuallyThereIsNothingToWarnOf() {
        assertThat(RollbackWarnings.of(TARGET, Processes.DEFAULT, List.of(release(4, ReleaseState.LIVE)), List.of()))
                .isEmpty();
    }

    @Test
    void aReleaseThatWaitsIsCancelled() {
        assertThat(RollbackWarnings.of(
                        TARGET,
                        Processes.DEFAULT,
                        List.of(release(5, ReleaseState.PENDING), release(4, ReleaseState.LIVE)),
                        List.of()))
                .containsExactly("Release 5 hasn't started yet; it is cancelled by this.");
    }

    @Test
    void settingsThatWereChangedSinceComeBackWithTheNextBuild() {
        Processes large = Processes.of(new ProcessSpec(null, null, 1024, 1000, 512, 60, 30));
        assertThat(RollbackWarnings.of(TARGET, large, List.of(), List.of()))
                .singleElement()
                .asString()
                .contains("process settings of today, not with those of release 3");
    }

    @Test
    void whatReleaseCommandsDidInBetweenIsntUndone() {
        List<Release> since = List.of(
                release(6, ReleaseState.LIVE), release(5, ReleaseState.FAILED), release(4, ReleaseState.CANCELLED));
        assertThat(RollbackWarnings.of(
                        TARGET,
                        Processes.DEFAULT,
                        since,
                        List.of(
                                run(6, RunState.SUCCEEDED, Instant.EPOCH),
                                run(5, RunState.FAILED, Instant.EPOCH),
                                run(4, RunState.CANCELLED, null))))
                .containsExactly(
                        "Release 5 ran its release command (bin/migrate), which failed. What it changed, in a database for"
                                + " example, isn't undone by a rollback.",
                        "Release 6 ran its release command (bin/migrate). What it changed, in a database for example,"
                                + " isn't undone by a rollback.");
    }

    private static Run run(long release, RunState state, @Nullable Instant startedAt) {
        return new Run(
                release,
                1,
                release,
                Run.Kind.RELEASE,
                List.of("bin/migrate"),
                60,
                state,
                null,
                null,
                null,
                "ada",
                Instant.EPOCH,
                startedAt,
                null);
    }

    private static Release release(int number, ReleaseState state) {
        return new Release(
                number,
                1,
                number,
                1,
                0,
                Processes.DEFAULT,
                ReleaseCause.BUILD,
                null,
                "ada",
                state,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                null);
    }
}
