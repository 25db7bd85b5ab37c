package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// 200 apps with one instance each: what they cost the runtime tier, the list of apps and the router. The router's
/// latency is measured with one app before they come and after they went, and in turns with it that of nginx, which has
/// only that app behind it: 200 more containers keep the machine busier whoever routes, and that isn't the router's.
final class ManyAppsBench {
    private static final int APPS = 200;
    private static final int QUICK_APPS = 20;
    private static final Duration STEADY = Duration.ofSeconds(6);
    private static final int TURNS = 5;
    /// What nginx's growth explains of ours at most: more of it is an accident.
    private static final double MOST_EXPLAINED = 1.5;
    private static final Duration WATCHED = Duration.ofSeconds(30);
    /// The runtime tier looks at the engine every so often when nothing rings, and seldomer at the tables.
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Platform platform;
    private final Engine engine;
    private final Path scratch;
    private final int count;
    private final String prefix = "bench-many-" + HexFormat.of().toHexDigits((short) new Random().nextInt()) + "-";
    private final List<String> apps = new ArrayList<>();

    private ManyAppsBench(Setting setting) {
        this.platform = setting.platform();
        this.engine = setting.engine();
        this.scratch = setting.scratch();
        this.count = setting.quick() ? QUICK_APPS : APPS;
    }

    static List<Figure> run(Setting setting) {
        return new ManyAppsBench(setting).run();
    }

    private List<Figure> run() {
        Repository repository = StormApp.repository(platform, scratch);
        try {
            start(repository, 0);
            String app = engine.address(apps.getFirst()) + ":" + Engine.APP_PORT;
            try (StartedRouter nginx = StartedRouter.of(Contender.nginx(scratch, app, System.getenv()), scratch)) {
                return measured(repository, nginx.contender().port());
            }
        } finally {
            apps.forEach(platform::deleteApp);
        }
    }

    private List<Figure> measured(Repository repository, int nginx) {
        load(new Latencies(), nginx); // a router runs for weeks: compilers' work isn't its latency
        Latencies alone = new Latencies();
        load(alone, nginx);
        for (int app = 1; app < count; app++) {
            start(repository, app);
        }
        Latencies among = new Latencies();
        load(among, nginx);
        double pass = pass();
        Samples list = list();
        endOthers();
        load(alone, nginx);
        row("router with 1 app", alone.ours().latencies());
        row("router with " + count + " apps", among.ours().latencies());
        row("nginx with 1 app", alone.nginx().latencies());
        row("nginx with " + count + " apps", among.nginx().latencies());
        row("a look at all", String.format(Locale.ROOT, "%.2f CPU s", pass));
        row("list of apps", list.toString());
        double ratio = ratio(among.ours(), alone.ours());
        double ofNginx = ratio(among.nginx(), alone.nginx());
        row("p99 among " + count, String.format(Locale.ROOT, "%.2f x, nginx's %.2f x", ratio, ofNginx));
        double grown = ratio / Math.clamp(ofNginx, 1, MOST_EXPLAINED); // its luck doesn't make us worse than we were
        return List.of(
                new Figure("pass_cpu_seconds", pass, 1),
                new Figure("list_seconds", list.median(), 0.3),
                new Figure("p99_ratio", grown, 1.25));
    }

    /// Of the same visitors, through our front door and through nginx.
    private record Latencies(Samples ours, Samples nginx) {
        Latencies() {
            this(new Samples(), new Samples());
        }
    }

    private static double ratio(Samples among, Samples alone) {
        return among.percentile(0.99) / alone.percentile(0.99);
    }

    private void endOthers() {
        List<String> others = List.copyOf(apps.subList(1, apps.size()));
        others.forEach(platform::deleteApp);
        apps.removeAll(others);
        others.forEach(app -> {
            while (!engine.instances(app).isEmpty()) {
                Platform.rest(Duration.ofMillis(500));
            }
        });
    }

    private void start(Repository repository, int number) {
        String app = prefix + number;
        platform.createApp(app);
        apps.add(app);
        platform.set(app, StormApp.VARIABLE, "first");
        repository.pushTo(platform.gitUrl(app));
        platform.awaitQuiet(app);
    }

    private void load(Latencies latencies, int nginx) {
        for (int turn = 0; turn < TURNS; turn++) {
            latencies.ours().addAll(visit(platform.port()));
            latencies.nginx().addAll(visit(nginx));
        }
    }

    private Samples visit(int port) {
        try (Storm storm = new Storm(port, platform.host(apps.getFirst()), new Timeline("first"))) {
            Platform.rest(Duration.ofSeconds(2));
            storm.takeLatencies();
            Platform.rest(STEADY);
            Samples taken = storm.takeLatencies();
            storm.close();
            if (!storm.failures().isEmpty()) {
                throw new IllegalStateException(storm + ": " + storm.failures().getFirst());
            }
            return taken;
        }
    }

    /// CPU seconds of the runtime tier for each of its looks while nothing happens.
    private double pass() {
        ProcessHandle runtime = ProcessHandle.of(platform.pid("runtime")).orElseThrow();
        Duration before = runtime.info().totalCpuDuration().orElseThrow();
        Platform.rest(WATCHED);
        Duration spent = runtime.info().totalCpuDuration().orElseThrow().minus(before);
        return spent.toMillis() / 1e3 / WATCHED.dividedBy(LOOK);
    }

    private Samples list() {
        Samples samples = new Samples();
        for (int i = 0; i < 20; i++) {
            long asked = System.nanoTime();
            platform.listApps();
            samples.add(Duration.ofNanos(System.nanoTime() - asked));
        }
        return samples;
    }

    private static void row(String what, String figures) {
        System.out.printf(Locale.ROOT, "%-24s %s%n", what, figures);
    }
}
