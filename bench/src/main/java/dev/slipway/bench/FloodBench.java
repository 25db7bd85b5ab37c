package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// An app that writes lines without end, and another under a constant load, which mustn't suffer from it.
final class FloodBench {
    private static final Duration QUIET = Duration.ofSeconds(15);
    /// Until whatever is done about a flood is done.
    private static final Duration BEGINNING = Duration.ofSeconds(30);

    private static final Duration FLOODED = Duration.ofSeconds(60);

    private FloodBench() {}

    static List<Figure> run(Setting setting) {
        Platform platform = setting.platform();
        Repository repository = StormApp.repository(platform, setting.scratch());
        try (StormApp bystander = StormApp.start(platform, repository, "bystander");
                Storm storm = bystander.storm()) {
            Platform.rest(Duration.ofSeconds(3));
            storm.takeLatencies();
            Platform.rest(QUIET);
            Samples quiet = storm.takeLatencies();
            Samples beginning;
            Samples flooded;
            try (AutoDeleted flood = start(setting)) {
                storm.takeLatencies();
                Platform.rest(BEGINNING);
                beginning = storm.takeLatencies();
                Platform.rest(setting.quick() ? QUIET : FLOODED);
                flooded = storm.takeLatencies();
            }
            storm.close();
            row("quiet", quiet.latencies());
            row("a flood begins", beginning.latencies());
            row("a flood goes on", flooded.latencies());
            row("all in all", storm.toString());
            storm.failures().stream().limit(20).forEach(System.out::println);
            return List.of(
                    new Figure("failed_requests", storm.failures().size(), 0),
                    new Figure("p99_ratio", flooded.percentile(0.99) / quiet.percentile(0.99), 2));
        }
    }

    private record AutoDeleted(Platform platform, String name) implements AutoCloseable {
        @Override
        public void close() {
            platform.deleteApp(name);
        }
    }

    private static AutoDeleted start(Setting setting) {
        Platform platform = setting.platform();
        Path own = setting.scratch().resolve("own");
        Repository repository = Repository.flood(own);
        repository.authenticate(platform.credentials(own));
        repository.change();
        String name = "bench-flood-" + HexFormat.of().toHexDigits((short) new Random().nextInt());
        platform.createApp(name);
        AutoDeleted app = new AutoDeleted(platform, name);
        repository.pushTo(platform.gitUrl(name));
        platform.awaitQuiet(name);
        return app;
    }

    private static void row(String what, String figures) {
        System.out.printf(Locale.ROOT, "%-24s %s%n", what, figures);
    }
}
