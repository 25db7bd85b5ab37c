package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.TestPlatform;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rollouts and rollbacks in a row under the benchmarks' load.
class RolloutsTest {
    @TempDir
    private Path scratch;

    @Test
    void fiftyRolloutsAndRollbacksInARowAndNobodyNotices() {
        try (TestPlatform started = TestPlatform.start()) {
            Platform platform = new Platform(Map.of(
                    "SLIPWAY_LAUNCHER", "not used",
                    "SLIPWAY_BENCH_TOKEN", started.token(),
                    "SLIPWAY_HTTP_PORT", String.valueOf(started.port())));
            try (StormApp app = StormApp.start(platform, StormApp.repository(platform, scratch), "storm");
                    Storm storm = app.storm()) {
                for (int turn = 0; turn < 25; turn++) {
                    app.rollOut("v" + turn);
                    app.rollBack();
                }
                storm.close();
                assertThat(storm.failures()).as(storm.toString()).isEmpty();
                assertThat(storm.requests()).isGreaterThan(1_000);
            }
        }
    }
}
