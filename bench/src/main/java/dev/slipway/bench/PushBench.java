package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Push to live against the floor, in turns; the way back; memory and start-up.
final class PushBench {
    private static final double MEGA = 1e6;

    private final Platform platform;
    private final Engine engine;
    private final Path scratch;
    private final boolean quick;
    private final String suffix = HexFormat.of().toHexDigits((short) new Random().nextInt());
    private final List<Figure> figures = new ArrayList<>();

    private PushBench(Setting setting) {
        this.platform = setting.platform();
        this.engine = setting.engine();
        this.scratch = setting.scratch();
        this.quick = setting.quick();
    }

    static List<Figure> run(Setting setting) {
        return new PushBench(setting).run();
    }

    private List<Figure> run() {
        String base = BaseImage.ensure(engine, scratch);
        Path credentials = platform.credentials(scratch);
        row("", "floor, median (span)", "slipway, median (span)");
        try (PushedApp tiny = app("tiny", Repository.tiny(scratch), credentials)) {
            Samples ownStart = pushes("tiny", tiny, 2.0);
            rollbacks(tiny, ownStart);
        }
        try (PushedApp middle = app("middle", Repository.middle(scratch, base), credentials)) {
            pushes("middle", middle, 1.3);
        }
        memory();
        startUp();
        return figures;
    }

    private PushedApp app(String kind, Repository repository, Path credentials) {
        String name = "bench-" + kind + "-" + suffix;
        platform.createApp(name);
        repository.authenticate(credentials);
        return new PushedApp(platform, name, repository);
    }

    /// Turn by turn: floor, slipway, floor, slipway … Each turn has a change of its own, so neither finds the
    /// other's build cache.
    private Samples pushes(String kind, PushedApp app, double goal) {
        Samples floor = new Samples();
        Samples start = new Samples();
        Samples live = new Samples();
        for (int turn = -warmUps(); turn < turns(); turn++) {
            Engine.Floor bare = engine.buildAndRun(app.repository(), "slipway-bench-" + kind);
            Duration pushed = app.push();
            if (turn >= 0) {
                floor.add(bare.all());
                start.add(bare.start());
                live.add(pushed);
            }
        }
        row(kind + ": push → live", floor.toString(), live.toString());
        figures.add(new Figure("push_" + kind + "_ratio", live.median() / floor.median(), goal));
        return start;
    }

    /// To the release before and back again. The app's own start is what `docker run` alone takes to its first
    /// answer.
    private void rollbacks(PushedApp app, Samples ownStart) {
        Samples back = new Samples();
        for (int turn = 0; turn < turns(); turn++) {
            back.add(app.rollBack());
        }
        row("tiny: roll back", ownStart + " start", back.toString());
        figures.add(new Figure("rollback_extra_seconds", back.median() - ownStart.median(), 1.0));
    }

    /// After all the work, once pools and heaps have settled.
    private void memory() {
        Platform.rest(Duration.ofSeconds(quick ? 20 : 60));
        Memory idle = Memory.of(platform.pids());
        row(
                "memory, idle",
                "",
                String.format(Locale.ROOT, "%6.0f MB RSS, %.0f MB PSS", idle.rss() / MEGA, idle.pss() / MEGA));
        figures.add(new Figure("idle_rss_mb", idle.rss() / MEGA, 600));
    }

    private void startUp() {
        Samples up = new Samples();
        for (int turn = 0; turn < (quick ? 1 : 3); turn++) {
            platform.down();
            long typed = System.nanoTime();
            platform.up();
            up.add(Duration.ofNanos(System.nanoTime() - typed));
        }
        row("up, when all is built", "", up.toString());
        figures.add(new Figure("up_seconds", up.median(), 10));
    }

    private int turns() {
        return quick ? 3 : 10;
    }

    private int warmUps() {
        return quick ? 1 : 3;
    }

    private static void row(String what, String floor, String slipway) {
        System.out.printf(Locale.ROOT, "%-22s %-32s %-32s%n", what, floor, slipway);
    }
}
