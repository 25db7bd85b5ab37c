package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackWarningsTest {
    private static final Release TARGET = release(3, ReleaseState.RETIRED);

    @Test
    void usuallyThereIsNothingToWarnOf() {
        assertThat(RollbackWarnings.of(TARGET, Processes.DEFAULT, List.of(release(4, ReleaseState.LIVE))))
                .isEmpty();
    }

    @Test
    void aReleaseThatWaitsIsCancelled() {
        assertThat(RollbackWarnings.of(
                        TARGET,
                        Processes.DEFAULT,
                        List.of(release(5, ReleaseState.PENDING), release(4, ReleaseState.LIVE))))
                .containsExactly("Release 5 hasn't started yet; it is cancelled by this.");
    }

    @Test
    void settingsThatWereChangedSinceComeBackWithTheNextBuild() {
        Processes large = Processes.of(new ProcessSpec(null, null, 1024, 1000, 512, 60, 30));
        assertThat(RollbackWarnings.of(TARGET, large, List.of()))
                .singleElement()
                .asString()
                .contains("process settings of today, not with those of release 3");
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
