package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// kill -9 of the runtime tier at random points of rollouts, under a constant load: the desired state holds soon
/// after its return, nothing is left behind, and no connection is refused.
final class CrashesBench {
    private static final int KILLS = 100;
    private static final int QUICK_KILLS = 10;
    /// Of an undisturbed rollout, and a little after it.
    private static final int ROLLOUT_MILLIS = 700;

    private final Platform platform;
    private final Engine engine;
    private final int kills;
    private final Random random;
    private final Samples returned = new Samples();
    private final Samples settled = new Samples();

    private CrashesBench(Setting setting, long seed) {
        this.platform = setting.platform();
        this.engine = setting.engine();
        this.kills = setting.quick() ? QUICK_KILLS : KILLS;
        this.random = new Random(seed);
    }

    static List<Figure> run(Setting setting) {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        try (StormApp app = StormApp.start(
                setting.platform(), StormApp.repository(setting.platform(), setting.scratch()), "crash")) {
            return new CrashesBench(setting, seed).storm(app);
        }
    }

    private List<Figure> storm(StormApp app) {
        try (Storm storm = app.storm()) {
            Platform.rest(Duration.ofSeconds(3));
            int leftBehind = 0;
            for (int turn = 0; turn < kills; turn++) {
                Set<String> orphans = crash(app, storm, turn);
                if (!orphans.isEmpty()) {
                    leftBehind += orphans.size();
                    row("left behind", orphans.toString());
                }
            }
            storm.close();
            row("return after a kill", returned.toString());
            row("desired state after it", settled.toString());
            row("all in all", storm.toString());
            storm.failures().stream().limit(20).forEach(System.out::println);
            return List.of(
                    new Figure("failed_requests", storm.failures().size(), 0),
                    new Figure("left_behind", leftBehind, 0),
                    new Figure("return_seconds", returned.percentile(1), 3),
                    new Figure("settle_seconds", settled.percentile(1), 10));
        }
    }

    /// One kill in the middle of a rollout or a rollback. Returns what is in the engine and shouldn't be.
    private Set<String> crash(StormApp app, Storm storm, int turn) {
        ProcessHandle runtime = ProcessHandle.of(platform.pid("runtime")).orElseThrow();
        if (turn % 3 == 2) {
            app.beginRollBack();
        } else {
            app.beginRollOut("c" + turn);
        }
        Platform.rest(Duration.ofMillis(random.nextInt(ROLLOUT_MILLIS)));
        storm.kill(runtime);
        returned.add(platform.visitor(app.name()).awaitAnswer());
        long back = System.nanoTime();
        app.awaitLive();
        Set<String> orphans = orphans(app.name());
        while (!orphans.isEmpty()
                && System.nanoTime() - back < Duration.ofSeconds(15).toNanos()) {
            Platform.rest(Duration.ofMillis(100));
            orphans = orphans(app.name());
        }
        settled.add(Duration.ofNanos(System.nanoTime() - back));
        return orphans;
    }

    /// Containers of the app that the platform doesn't know of as running, and instances without a container.
    private Set<String> orphans(String name) {
        Set<String> running = engine.instances(name);
        Set<String> known = platform.instances(name);
        Set<String> different = new TreeSet<>(running);
        different.addAll(known);
        different.removeIf(id -> running.contains(id) && known.contains(id));
        return different;
    }

    private static void row(String what, String figures) {
        System.out.printf(Locale.ROOT, "%-24s %s%n", what, figures);
    }
}
