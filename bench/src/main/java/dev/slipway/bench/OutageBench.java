package dev.slipway.bench;

import dev.slipway.bench.Benchmark.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The control plane — platform-server, workers and PostgreSQL — is killed and kept down under a constant load
/// on an app: its visitors may not notice, and afterwards releases go on.
final class OutageBench {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Path HERE = Path.of("").toAbsolutePath();

    private OutageBench() {}

    static List<Figure> run(Setting setting) {
        try (StormApp app = StormApp.start(
                        setting.platform(), StormApp.repository(setting.platform(), setting.scratch()), "outage");
                Storm storm = app.storm()) {
            Platform.rest(Duration.ofSeconds(3));
            outage(setting.platform(), setting.quick() ? QUICK : LONG);
            Duration rollout = app.rollOut("afterwards");
            storm.close();
            System.out.printf(Locale.ROOT, "%-24s %s%n", "all in all", storm);
            System.out.printf(Locale.ROOT, "%-24s %6.2f s%n", "a rollout afterwards", rollout.toMillis() / 1e3);
            storm.failures().stream().limit(20).forEach(System.out::println);
            return List.of(new Figure("failed_requests", storm.failures().size(), 0));
        }
    }

    private static void outage(Platform platform, Duration time) {
        String supervisor = String.valueOf(platform.pid("supervisor"));
        List<Long> controlPlane = platform.pidsBut("supervisor", "runtime");
        Run.output(HERE, "kill", "-STOP", supervisor); // so that it doesn't start them again
        try {
            for (long pid : controlPlane) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            Platform.rest(time);
        } finally {
            Run.output(HERE, "kill", "-CONT", supervisor);
        }
        platform.up();
    }
}
