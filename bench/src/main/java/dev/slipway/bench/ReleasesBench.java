package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Rollouts and rollbacks in a row under a constant load: nobody may notice.
final class ReleasesBench {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private ReleasesBench() {}

    static List<Figure> run(Setting setting) {
        Repository repository = StormApp.repository(setting.platform(), setting.scratch());
        try (StormApp app = StormApp.start(setting.platform(), repository, "storm");
                StormApp bystander = StormApp.start(setting.platform(), repository, "bystander")) {
            return storm(app, bystander, setting.quick() ? 20 : 250);
        }
    }

    private static List<Figure> storm(StormApp app, StormApp bystander, int turns) {
        try (Storm storm = app.storm();
                Storm other = bystander.storm()) {
            Platform.rest(Duration.ofSeconds(3)); // until all have connected and the JIT compilers have seen the load
            Samples quiet = quiet(storm);
            other.takeLatencies();
            Samples rollout = new Samples();
            Samples back = new Samples();
            for (int turn = 0; turn < turns; turn++) {
                rollout.add(app.rollOut("v" + turn));
                back.add(app.rollBack());
            }
            Samples switching = storm.takeLatencies();
            Samples meanwhile = other.takeLatencies();
            Platform.rest(Duration.ofSeconds(3)); // until what was replaced is gone
            quiet.addAll(quiet(storm)); // before and after, since the machine has moods
            storm.close();
            row("rollout to answer", rollout.toString());
            row("rollback to answer", back.toString());
            row("quiet", quiet.latencies());
            row("rollouts and rollbacks", switching.latencies());
            row("another app meanwhile", meanwhile.latencies()); // suffers from the work of starting containers only
            row("all in all", storm.toString());
            storm.failures().stream().limit(20).forEach(System.out::println);
            return List.of(
                    new Figure("failed_requests", storm.failures().size(), 0),
                    new Figure("rollback_seconds", back.percentile(0.9), 0.3),
                    new Figure("p99_ratio", switching.percentile(0.99) / quiet.percentile(0.99), 2));
        }
    }

    private static Samples quiet(Storm storm) {
        storm.takeLatencies();
        Platform.rest(QUIET);
        return storm.takeLatencies();
    }

    private static void row(String what, String figures) {
        System.out.printf(Locale.ROOT, "%-24s %s%n", what, figures);
    }
}
