package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Rollouts and rollbacks in a row under a constant load: nobody may notice.
final class ReleasesBench {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Platform platform;
    private final Path scratch;
    private final boolean quick;

    private ReleasesBench(Setting setting) {
        this.platform = setting.platform();
        this.scratch = setting.scratch();
        this.quick = setting.quick();
    }

    static List<Figure> run(Setting setting) {
        return new ReleasesBench(setting).run();
    }

    private List<Figure> run() {
        String name = "bench-storm-" + HexFormat.of().toHexDigits((short) new Random().nextInt());
        platform.createApp(name);
        try {
            Repository repository = Repository.storm(scratch);
            repository.pushesTo(platform.gitUrl(name), platform.credentials(scratch));
            platform.set(name, StormApp.VARIABLE, "first");
            repository.change();
            repository.push();
            platform.awaitQuiet(name);
            return storm(new StormApp(platform, name));
        } finally {
            platform.deleteApp(name);
        }
    }

    private List<Figure> storm(StormApp app) {
        try (Storm storm = new Storm(platform.port(), app.host(), app.timeline())) {
            Platform.rest(Duration.ofSeconds(3)); // until all have connected and the JIT compilers have seen the load
            storm.takeLatencies();
            Platform.rest(QUIET);
            Samples quiet = storm.takeLatencies();
            Samples rollout = new Samples();
            Samples back = new Samples();
            for (int turn = 0; turn < (quick ? 20 : 250); turn++) {
                rollout.add(app.rollOut("v" + turn));
                back.add(app.rollBack());
            }
            Samples switching = storm.takeLatencies();
            storm.close();
            row("rollout to live", rollout.toString());
            row("rollback to live", back.toString());
            row("quiet", latencies(quiet));
            row("rollouts and rollbacks", latencies(switching));
            row("all in all", storm.toString());
            storm.failures().stream().limit(20).forEach(System.out::println);
            return List.of(
                    new Figure("failed_requests", storm.failures().size(), 0),
                    new Figure("p99_ratio", switching.percentile(0.99) / quiet.percentile(0.99), 2));
        }
    }

    private static String latencies(Samples samples) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms",
                samples.percentile(0.5) * 1000,
                samples.percentile(0.99) * 1000,
                samples.percentile(0.999) * 1000);
    }

    private static void row(String what, String figures) {
        System.out.printf(Locale.ROOT, "%-24s %s%n", what, figures);
    }
}
