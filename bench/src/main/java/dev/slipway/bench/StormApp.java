package dev.slipway.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

/// The app of a [Storm], whose answers say which release they come from: a variable of its config. Deleted when
/// it is closed.
final class StormApp implements AutoCloseable {
    static final String VARIABLE = "VERSION";

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

    /// To the release before, from the API's call to LIVE.
    Duration rollBack() {
        beginRollBack();
        return awaitLive();
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
