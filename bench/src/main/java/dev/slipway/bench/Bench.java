package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `Bench push [--quick]`, started by `./slipway bench`: a table, then one line per figure; ends with 1 when
/// one is short.
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.isEmpty()
                || !words.getFirst().equals("push")
                || !List.of("push", "--quick").containsAll(words)) {
            System.err.println("usage: ./slipway bench push [--quick]");
            System.exit(2);
        }
        List<Figure> figures = push(System.getenv(), words.contains("--quick"));
        System.out.println();
        figures.forEach(figure -> System.out.println(figure.line()));
        System.exit(figures.stream().allMatch(Figure::ok) ? 0 : 1);
    }

    private static List<Figure> push(Map<String, String> environment, boolean quick) throws IOException {
        Platform platform = new Platform(environment);
        Path scratch = Files.createTempDirectory("slipway-bench");
        try (Engine engine = new Engine(Platform.need(environment, "SLIPWAY_DOCKER"))) {
            return new PushBench(platform, engine, scratch, quick).run();
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
