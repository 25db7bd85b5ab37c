package dev.slipway.runtime.metrics;

import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.DockerEngine;
import dev.slipway.runtime.engine.DockerSettings;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.WatchedEngine;
import dev.slipway.runtime.router.DoorRules;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Traffic;
import dev.slipway.runtime.testing.TestImages;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What real containers use.
@Timeout(60)
class MetricsTest {
    private static final long APP = 7;

    @TempDir
    private Path home;

    private final String installation = "test" + UUID.randomUUID().toString().substring(0, 8);
    private final DockerEngine docker = new DockerEngine(new DockerSettings(
            "unix:///var/run/docker.sock", installation, "127.0.0.1:1", "slipway-runtime", "secret"));
    private final Traffic traffic = new Routes().traffic();
    private Metrics metrics;
    private WatchedEngine engine;

    @BeforeEach
    void prepare() {
        metrics = new Metrics(home, docker, traffic);
        engine = new WatchedEngine(docker, List.of(metrics));
        engine.prepare();
    }

    @AfterEach
    void remove() {
        engine.list().stream()
                .filter(c -> installation.equals(c.label(Labels.INSTALLATION)))
                .forEach(c -> engine.remove(c.id()));
        TestImages.docker().removeNetworkCmd("slipway-" + installation).exec();
        engine.close();
        metrics.close();
    }

    @Test
    void cpuMemoryAndStartsAreMeasuredKeptAndTold() throws Exception {
        Container busy = startBusy("shop-3-abcdefgh", APP);
        engine.start(new ContainerSpec(
                "shop-3.run-1",
                TestImages.script("true").value(),
                Map.of(),
                Map.of(Labels.RUN, "shop-3.run-1", Labels.APP, Long.toString(APP)),
                new ContainerSpec.Limits(32, 500, 32)));
        engine.list();
        await().until(() -> cpu(busy) > 200_000_000);
        long now = Instant.now().getEpochSecond() - 10;
        metrics.measure(now);
        long measured = cpu(busy);
        List<Slot> slots = metrics.read(APP, Range.HOUR);
        assertThat(slots).hasSize(1);
        assertThat(slots.getFirst().starts()).isEqualTo(1);
        Slot.Instance use = slots.getFirst().instances().getFirst();
        assertThat(use.id()).isEqualTo("shop-3-abcdefgh");
        assertThat(use.memoryBytes()).isBetween(50_000L, 32L << 20);
        assertThat(use.limitBytes()).isEqualTo(32L << 20);
        assertThat(metrics.text())
                .contains("slipway_app_instance_starts_total{app=\"shop\"} 1\n")
                .contains("slipway_instance_memory_limit_bytes{app=\"shop\",instance=\"shop-3-abcdefgh\"} 33554432\n")
                .contains("# TYPE slipway_app_request_duration_seconds histogram\n");
        await().until(() -> cpu(busy) > measured + 200_000_000);
        metrics.measure(now + 10);
        assertThat(last().cpuMillis()).isGreaterThan(100);
        metrics.keepOnly(Set.of());
        assertThat(metrics.read(APP, Range.HOUR)).isEmpty();
    }

    @Test
    void whatAContainerUsedBeforeItWasKnownIsNoPeak() throws Exception {
        Container busy = startBusy("shop-3-abcdefgh", APP);
        Container other = startBusy("blog-1-abcdefgh", APP + 1);
        long now = Instant.now().getEpochSecond() - 20;
        metrics.measure(now);
        metrics.listed(List.of(other)); // as when the engine can't show one for a moment
        metrics.measure(now + 10);
        await().until(() -> cpu(busy) > 500_000_000);
        engine.list();
        metrics.measure(now + 20);
        assertThat(last().cpuMillis()).isZero();
        long measured = cpu(busy);
        await().until(() -> cpu(busy) > measured + 200_000_000);
        metrics.measure(now + 30);
        assertThat(last().cpuMillis()).isGreaterThan(100);
    }

    @Test
    void anAppBeginsWithoutWhatWasCountedOfADeletedOneOfItsName() throws Exception {
        long now = Instant.now().getEpochSecond() - 20;
        startBusy("shop-4-abcdefgh", APP);
        metrics.measure(now);
        traffic.turnedAway("shop", DoorRules.Refusal.PASSWORD);
        assertThat(metrics.text()).contains("slipway_app_turned_away_total{app=\"shop\"");
        startBusy("shop-1-abcdefgh", APP + 1);
        metrics.measure(now + 10);
        assertThat(metrics.text()).doesNotContain("slipway_app_turned_away_total{app=\"shop\"");
        traffic.turnedAway("shop", DoorRules.Refusal.PASSWORD);
        metrics.measure(now + 20); // the first one still runs
        assertThat(metrics.text()).contains("slipway_app_turned_away_total{app=\"shop\"");
    }

    @Test
    void nothingIsCountedOfADeletedApp() throws Exception {
        startBusy("shop-4-abcdefgh", APP);
        startBusy("blog-1-abcdefgh", APP + 1);
        metrics.measure(Instant.now().getEpochSecond() - 10);
        traffic.turnedAway("shop", DoorRules.Refusal.PASSWORD);
        traffic.turnedAway("blog", DoorRules.Refusal.PASSWORD);
        metrics.keepOnly(Set.of(APP + 1));
        assertThat(traffic.turnedAway()).containsOnlyKeys("blog");
    }

    private Container startBusy(String instance, long app) {
        return engine.start(new ContainerSpec(
                instance,
                TestImages.script("while true; do :; done").value(),
                Map.of(),
                Map.of(Labels.INSTANCE, instance, Labels.APP, Long.toString(app)),
                new ContainerSpec.Limits(32, 500, 32)));
    }

    private Slot.Instance last() throws Exception {
        return metrics.read(APP, Range.HOUR).getLast().instances().getFirst();
    }

    private long cpu(Container container) {
        return docker.usage(container.id()).orElseThrow().cpuNanos();
    }
}
