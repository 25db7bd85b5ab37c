package dev.slipway.bench;

import java.time.Duration;

/// The app of a [Storm], whose answers say which release they come from: a variable of its config.
final class StormApp {
    static final String VARIABLE = "VERSION";

    private final Platform platform;
    private final String name;
    private final Timeline timeline = new Timeline("first");
    private String live = "first";
    private int release = 1;
    private String before = "";

    StormApp(Platform platform, String name) {
        this.platform = platform;
        this.name = name;
    }

    String host() {
        return platform.host(name);
    }

    Timeline timeline() {
        return timeline;
    }

    /// From the API's call to LIVE.
    Duration rollOut(String version) {
        timeline.asked(version);
        long called = System.nanoTime();
        platform.set(name, VARIABLE, version);
        return live(version, called);
    }

    /// To the release before, from the API's call to LIVE.
    Duration rollBack() {
        timeline.asked(before);
        long called = System.nanoTime();
        platform.rollBack(name, release - 1);
        return live(before, called);
    }

    private Duration live(String version, long called) {
        release = platform.awaitLive(name);
        Duration time = Duration.ofNanos(System.nanoTime() - called);
        timeline.live();
        before = live;
        live = version;
        return time;
    }
}
