package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `Bench NAME [--quick]`, started by `./slipway bench`: a table, then one line per figure; ends with 1 when
/// one is short.
public final class Bench {
    private static final Map<String, Benchmark> BENCHMARKS = Map.of(
            "push", PushBench::run,
            "releases", ReleasesBench::run,
            "crashes", CrashesBench::run,
            "restarts", RestartsBench::run,
            "outage", OutageBench::run,
            "flood", FloodBench::run,
            "apps", ManyAppsBench::run,
            "router", RouterBench::run);

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        Benchmark benchmark = words.isEmpty() ? null : BENCHMARKS.get(words.getFirst());
        if (benchmark == null || !List.of("--quick").containsAll(words.subList(1, words.size()))) {
            System.err.println("usage: ./slipway bench "
                    + String.join("|", BENCHMARKS.keySet().stream().sorted().toList()) + " [--quick]");
            System.exit(2);
            return;
        }
        Precedence.take();
        List<Figure> figures = run(benchmark, System.getenv(), words.contains("--quick"));
        System.out.println();
        figures.forEach(figure -> System.out.println(figure.line()));
        System.exit(figures.stream().allMatch(Figure::ok) ? 0 : 1);
    }

    private static List<Figure> run(Benchmark benchmark, Map<String, String> environment, boolean quick)
            throws IOException {
        Platform platform = new Platform(environment);
        Path scratch = Files.createTempDirectory("slipway-bench");
        try (Engine engine = new Engine(Platform.need(environment, "SLIPWAY_DOCKER"))) {
            return benchmark.run(new Benchmark.Setting(platform, engine, scratch, quick));
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
