package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Planned restarts of the runtime tier in a row, now and then with a rollout right after, under a constant load:
/// nobody may notice.
final class RestartsBench {
    private static final int RESTARTS = 50;
    private static final int QUICK_RESTARTS = 10;

    private RestartsBench() {}

    static List<Figure> run(Setting setting) {
        Platform platform = setting.platform();
        try (StormApp app = StormApp.start(platform, StormApp.repository(platform, setting.scratch()), "restart");
                Storm storm = app.storm()) {
            Platform.rest(Duration.ofSeconds(3));
            Samples restarts = new Samples();
            for (int turn = 0; turn < (setting.quick() ? QUICK_RESTARTS : RESTARTS); turn++) {
                long begun = System.nanoTime();
                platform.restart("runtime");
                restarts.add(Duration.ofNanos(System.nanoTime() - begun));
                if (turn % 5 == 4) {
                    app.rollOut("r" + turn);
                }
            }
            storm.close();
            System.out.printf(Locale.ROOT, "%-24s %s%n", "a restart", restarts);
            System.out.printf(Locale.ROOT, "%-24s %s%n", "all in all", storm);
            storm.failures().stream().limit(20).forEach(System.out::println);
            return List.of(new Figure("failed_requests", storm.failures().size(), 0));
        }
    }
}
