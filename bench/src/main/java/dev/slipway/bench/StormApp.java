package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// The app of a [Storm], whose answers say which release they come from: a variable of its config. Deleted when
/// it is closed.
final class StormApp implements AutoCloseable {
    static final String VARIABLE = "VERSION";
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Platform platform;
    private final String name;
    private final Timeline timeline = new Timeline("first");
    private String live = "first";
    private String asked = "first";
    private int release = 1;
    private String before = "";
    private long called;

    private StormApp(Platform platform, String name) {
        this.platform = platform;
        this.name = name;
    }

    /// What such apps are pushed from.
    static Repository repository(Platform platform, Path scratch) {
        Repository repository = Repository.storm(scratch);
        repository.authenticate(platform.credentials(scratch));
        repository.change();
        return repository;
    }

    /// Creates, pushes and awaits it.
    static StormApp start(Platform platform, Repository repository, String kind) {
        String name = "bench-" + kind + "-" + HexFormat.of().toHexDigits((short) new Random().nextInt());
        platform.createApp(name);
        StormApp app = new StormApp(platform, name);
        try {
            platform.set(name, VARIABLE, "first");
            repository.pushTo(platform.gitUrl(name));
            platform.awaitQuiet(name);
            return app;
        } catch (RuntimeException e) {
            app.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    Storm storm() {
        return new Storm(platform.port(), platform.host(name), timeline);
    }

    /// From the API's call to LIVE.
    Duration rollOut(String version) {
        beginRollOut(version);
        return awaitLive();
    }

    /// To the release before, from the API's call to its first answer. Returns when it is LIVE.
    Duration rollBack() {
        String back = before;
        try (HttpSocket visitor = new HttpSocket("127.0.0.1", platform.port(), platform.host(name))) {
            visitor.get("/");
            beginRollBack();
            while (!visitor.get("/").body().startsWith(back + " ") && System.nanoTime() - called < LONGEST.toNanos()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            Duration answered = Duration.ofNanos(System.nanoTime() - called);
            awaitLive();
            return answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void beginRollOut(String version) {
        begin(version);
        platform.set(name, VARIABLE, version);
    }

    void beginRollBack() {
        begin(before);
        platform.rollBack(name, release - 1);
    }

    private void begin(String version) {
        timeline.asked(version);
        asked = version;
        called = System.nanoTime();
    }

    /// Since the rollout or rollback began.
    Duration awaitLive() {
        release = platform.awaitLive(name);
        Duration time = Duration.ofNanos(System.nanoTime() - called);
        timeline.live();
        before = live;
        live = asked;
        return time;
    }

    @Override
    public void close() {
        platform.deleteApp(name);
    }
}
