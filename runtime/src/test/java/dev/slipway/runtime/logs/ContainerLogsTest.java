package dev.slipway.runtime.logs;

import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.images.Digest;
import dev.slipway.runtime.engine.Container;
import dev.slipway.runtime.engine.ContainerSpec;
import dev.slipway.runtime.engine.DockerEngine;
import dev.slipway.runtime.engine.DockerSettings;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.WatchedEngine;
import dev.slipway.runtime.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Output of real containers on its way into the log.
@Timeout(120)
class ContainerLogsTest {
    private static final long APP = 7;
    private static final ContainerSpec.Limits LIMITS = new ContainerSpec.Limits(32, 500, 32);
    private static final LogSettings SETTINGS = new LogSettings(4 << 20, 64 << 10, 512 << 10);

    @TempDir
    private Path home;

    private final String installation = "test" + UUID.randomUUID().toString().substring(0, 8);
    private AppLogs logs;
    private Followers followers;
    private WatchedEngine engine;

    private DockerEngine docker() {
        return new DockerEngine(new DockerSettings(
                "unix:///var/run/docker.sock", installation, "127.0.0.1:1", "slipway-runtime", "secret"));
    }

    @BeforeEach
    void start() {
        start(docker());
    }

    private void start(Engine docker) {
        logs = new AppLogs(home, SETTINGS);
        followers = new Followers(docker, logs);
        engine = new WatchedEngine(docker, List.of(followers));
        engine.prepare();
    }

    private void stop() {
        engine.close();
        followers.close();
        logs.close();
    }

    @AfterEach
    void remove() {
        engine.list().stream()
                .filter(c -> installation.equals(c.label(Labels.INSTALLATION)))
                .forEach(c -> engine.remove(c.id()));
        TestImages.docker().removeNetworkCmd("slipway-" + installation).exec();
        stop();
    }

    private Container run(String instance, Digest image) {
        return engine.start(new ContainerSpec(
                instance,
                image.value(),
                Map.of(),
                Map.of(Labels.INSTANCE, instance, Labels.APP, Long.toString(APP)),
                LIMITS));
    }

    private List<LogLine> lines() {
        try {
            return logs.read(APP, LogQuery.last(100_000)).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> texts() {
        return lines().stream().map(LogLine::text).toList();
    }

    private void awaitEnd(Container container) {
        await().until(() -> !engine.inspect(container.id()).orElseThrow().running());
    }

    @Test
    void bothStreamsAreKeptAndLastWordsOutliveTheContainer() {
        Container container = run(
                "shop-3-abcdefgh",
                TestImages.script("echo one; sleep 0.1; echo two >&2; sleep 0.1; printf 'no end'; exit 3"));
        awaitEnd(container);
        engine.remove(container.id());
        assertThat(lines())
                .extracting(LogLine::stream, LogLine::release, LogLine::instance, LogLine::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LogLine.Stream.STDOUT, 3, "shop-3-abcdefgh", "one"),
                        org.assertj.core.groups.Tuple.tuple(LogLine.Stream.STDERR, 3, "shop-3-abcdefgh", "two"),
                        org.assertj.core.groups.Tuple.tuple(LogLine.Stream.STDOUT, 3, "shop-3-abcdefgh", "no end"));
    }

    @Test
    void aLineThatDockerSplitsIsJoined() {
        Container container =
                run("shop-1-a", TestImages.script("printf '%050000d' 0; echo; printf '%0200000d' 0; echo; echo end"));
        awaitEnd(container);
        engine.remove(container.id());
        List<String> texts = texts();
        assertThat(texts).hasSize(3);
        assertThat(texts.get(0)).hasSize(50_000);
        assertThat(texts.get(1)).startsWith("000").endsWith(" … 134,464 bytes more");
        assertThat(texts.get(2)).isEqualTo("end");
    }

    @Test
    void noLineIsLostOrDoubledWhenTheRuntimeIsStartedAgainAndAgain() {
        int count = 3_000;
        Container container = run(
                "shop-1-a",
                TestImages.script(
                        "i=0; while [ $i -lt " + count
                                + " ]; do echo line $i; echo error $i >&2; i=$((i+1)); [ $((i % 10)) = 0 ] && usleep 10000; done"));
        int restarts = 0;
        while (engine.inspect(container.id()).orElseThrow().running()) {
            int before = texts().size();
            await().until(() -> texts().size() > before
                    || !engine.inspect(container.id()).orElseThrow().running());
            stop();
            start();
            engine.list();
            restarts++;
        }
        engine.remove(container.id());
        assertThat(restarts).isGreaterThan(3);
        List<LogLine> kept = lines();
        assertThat(kept)
                .filteredOn(l -> l.stream() == LogLine.Stream.STDOUT)
                .extracting(LogLine::text)
                .isEqualTo(IntStream.range(0, count).mapToObj(i -> "line " + i).toList());
        assertThat(kept)
                .filteredOn(l -> l.stream() == LogLine.Stream.STDERR)
                .extracting(LogLine::text)
                .isEqualTo(IntStream.range(0, count).mapToObj(i -> "error " + i).toList());
    }

    @Test
    void whatWasWrittenWhileNobodyReadIsReadAfterwards() {
        Container container = run("shop-1-a", TestImages.script("echo before; sleep 1; seq 1 20000; sleep 100"));
        await().until(() -> texts().contains("before"));
        stop();
        await().until(() ->
                TestImages.docker().topContainerCmd(container.id()).exec().getProcesses().length > 0
                        && outputOf(container).endsWith("20000\n"));
        start();
        engine.list();
        await().until(() -> texts().contains("20000"));
        assertThat(texts()).hasSize(20_001).doesNotHaveDuplicates();
    }

    private String outputOf(Container container) {
        try (DockerEngine other = docker()) {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            other.logs(container.id(), 1, out);
            return out.toString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFloodIsThinnedOutSaysSoAndWhatTheEngineHasLastIsKept() throws Exception {
        Container container = run("shop-1-a", TestImages.script("yes some line of a flood that says nothing"));
        LiveReader watcher = logs.follow(APP, LogQuery.last(1));
        await().until(() -> lines().stream()
                        .filter(l -> l.stream() == LogLine.Stream.PLATFORM)
                        .count()
                >= 3);
        engine.stop(container.id(), Duration.ofSeconds(20));
        String last = outputOf(container).replace("\n", "");
        engine.remove(container.id());
        assertThat(lines())
                .filteredOn(l -> l.stream() == LogLine.Stream.PLATFORM)
                .first()
                .extracting(LogLine::text)
                .asString()
                .endsWith(" s of output left out: it writes more than 64 KiB a second");
        // under a flood the engine itself loses what was in its pipe when the last process ended
        assertThat(texts().getLast()).isEqualTo(last);
        assertThat(size()).isLessThanOrEqualTo(SETTINGS.bytesOfApp());
        logs.leave(APP, watcher);
    }

    @Test
    void whatCannotBeWrittenIsReadAgainWhenItCan() throws Exception {
        logs.of(APP);
        Path inTheWay = Files.createDirectory(home.resolve("runtime/logs/" + APP + "/000000000002.log"));
        int count = 3_000;
        Container container = run(
                "shop-1-a",
                TestImages.script("i=0; while [ $i -lt " + count + " ]; do echo line $i " + "x".repeat(100)
                        + "; i=$((i+1)); done; sleep 100"));
        await().until(() -> outputOf(container).startsWith("line " + (count - 1)));
        await().until(() -> !texts().isEmpty());
        assertThat(texts()).hasSizeLessThan(count);
        Files.delete(inTheWay);
        await().until(() -> !texts().isEmpty() && texts().getLast().startsWith("line " + (count - 1)));
        assertThat(texts())
                .isEqualTo(IntStream.range(0, count)
                        .mapToObj(i -> "line " + i + " " + "x".repeat(100))
                        .toList());
    }

    /// An engine that refuses to tell a container's output once.
    private static Engine refusingOnce(Engine engine) {
        AtomicBoolean refused = new AtomicBoolean();
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("output") && refused.compareAndSet(false, true)) {
                        throw new EngineException.Refused("something went wrong", null);
                    }
                    return method.invoke(engine, arguments);
                });
    }

    @Test
    void whatTheEngineRefusedToTellIsAskedForAgain() {
        stop();
        start(refusingOnce(docker()));
        run("shop-1-a", TestImages.script("echo one; sleep 100"));
        await().until(() -> {
            engine.list();
            return texts().contains("one");
        });
        assertThat(texts()).containsExactly("one");
    }

    private long size() throws IOException {
        try (var files = Files.walk(home)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    @Test
    void logsOfAppsThatAreGoneAreDeleted() throws Exception {
        Container container = run("shop-1-a", TestImages.script("echo one"));
        awaitEnd(container);
        engine.remove(container.id());
        logs.keepOnly(java.util.Set.of(APP));
        assertThat(texts()).containsExactly("one");
        logs.keepOnly(java.util.Set.of());
        assertThat(texts()).isEmpty();
        assertThat(size()).isZero();
    }
}
