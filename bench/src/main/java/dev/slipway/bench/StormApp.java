package dev.slipway.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

/// The app of a [Storm], whose answers say which release they come from: a variable of its config. Deleted when
/// it is closed.
final class StormApp implements AutoCloseable {
    static final String VARIABLE = "VERSION";
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

    /// From the API's call to its first answer to a visitor. Returns when it is LIVE; a [#storm] has to be there.
    Duration rollOut(String version) {
        beginRollOut(version);
        return awaitLive();
    }

    /// To the release before. As [#rollOut].
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

    /// How long the rollout or rollback that was begun took to its first answer. Returns when it is LIVE, and asks
    /// the platform only from its first answer on, so that waiting for it is no load of its own.
    Duration awaitLive() {
        try {
            timeline.awaitAnswer(LONGEST);
        } catch (InterruptedException e) {
            throw Run.interrupted(e);
        }
        Duration answered = Duration.ofNanos(System.nanoTime() - called);
        release = platform.awaitLive(name);
        timeline.live();
        before = live;
        live = asked;
        return answered;
    }

    @Override
    public void close() {
        platform.deleteApp(name);
    }
}
