package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.db.images.Digest;
import dev.slipway.runtime.probe.Probe;
import dev.slipway.runtime.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DockerEngineTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ContainerSpec.Limits LIMITS = new ContainerSpec.Limits(32, 500, 32);
    private final String installation = "test" + UUID.randomUUID().toString().substring(0, 8);
    private final DockerEngine engine = new DockerEngine(new DockerSettings(
            "unix:///var/run/docker.sock", installation, "127.0.0.1:1", "slipway-runtime", "secret"));

    @BeforeEach
    void prepare() {
        engine.prepare();
        engine.prepare();
    }

    @AfterEach
    void remove() {
        // not even a wrong list makes a test remove what isn't its own
        engine.list().stream()
                .filter(c -> installation.equals(c.label(Labels.INSTALLATION)))
                .forEach(c -> engine.remove(c.id()));
        TestImages.docker().removeNetworkCmd("slipway-" + installation).exec();
        engine.close();
    }

    private Container start(String name, Digest image) {
        return engine.start(new ContainerSpec(
                name, image.value(), Map.of("GREETING", "hello"), Map.of(Labels.INSTANCE, name), LIMITS));
    }

    @Test
    void appsCantReachEachOtherButTheFrontDoorReachesAll() throws Exception {
        Container a = start("a", TestImages.web("a", 8000));
        Container b = start("b", TestImages.web("b", 8000));
        for (Container container : List.of(a, b)) {
            await().until(() ->
                    new Probe(String.valueOf(container.address()), 8000, "/", "x", Duration.ofSeconds(2)).look()
                            instanceof Probe.Answer.Healthy);
        }
        assertThat(get(b, b)).endsWith("\r\n\r\nb\n");
        assertThat(get(b, a)).doesNotContain("HTTP/1");
        assertThat(exec(b, "ping", "-c", "1", "-W", "1", String.valueOf(a.address())))
                .doesNotContain("1 packets received");
    }

    @Test
    void aContainerSeesTheBridgesAddressButNotTheMachinesLoopback() throws Exception {
        Container container = start("a", TestImages.script("sleep 100"));
        String gateway = TestImages.docker()
                .inspectNetworkCmd()
                .withNetworkId("slipway-" + installation)
                .exec()
                .getIpam()
                .getConfig()
                .getFirst()
                .getGateway();
        try (ServerSocket onLoopback = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket onBridge = new ServerSocket(0, 5, InetAddress.getByName(gateway))) {
            assertThat(exec(container, "nc", "-z", "-w", "2", gateway, String.valueOf(onBridge.getLocalPort()), "-v"))
                    .doesNotContain("refused");
            assertThat(exec(container, "nc", "-w", "2", gateway, String.valueOf(onLoopback.getLocalPort())))
                    .contains("refused");
            assertThat(exec(container, "nc", "-w", "2", "127.0.0.1", String.valueOf(onLoopback.getLocalPort())))
                    .contains("refused");
        }
    }

    @Test
    void aCommandTakesThePlaceOfTheImagesAndIsStoppedByItsOwnSignal() throws Exception {
        String script = "trap 'echo asked by QUIT; exit 3' QUIT; trap '' TERM; echo up; while true; do sleep 0.1; done";
        ContainerSpec spec = new ContainerSpec(
                        "a", TestImages.script("exit 1").value(), Map.of(), Map.of(Labels.INSTANCE, "a"), LIMITS)
                .running(List.of("sh", "-c", script), "SIGQUIT");
        Container container = engine.start(spec);
        await().until(() -> output(container, 10).equals("up\n"));
        engine.stop(container.id(), Duration.ofSeconds(60));
        assertThat(engine.inspect(container.id()).orElseThrow().status())
                .isEqualTo(new Container.Status.Exited(3, false));
        assertThat(output(container, 10)).isEqualTo("up\nasked by QUIT\n");
    }

    @Test
    void aCommandThatHasBegunIsNeitherDiscardedNorReplaced() {
        ContainerSpec spec = new ContainerSpec(
                        "a-run-1",
                        TestImages.script("exit 1").value(),
                        Map.of(),
                        Map.of(Labels.RUN, "a-run-1", Labels.APP, "1"),
                        LIMITS)
                .running(List.of("sleep", "1000"), null);
        Container container = engine.start(spec);
        assertThat(engine.discard(container.id())).isFalse();
        assertThatThrownBy(() -> engine.start(spec)).isInstanceOf(EngineException.Unavailable.class);
        assertThat(engine.inspect(container.id()).orElseThrow().running()).isTrue();
        engine.remove(container.id());

        String created = TestImages.docker()
                .createContainerCmd(spec.image())
                .withName("slipway-" + installation + "-a-run-1")
                .withLabels(Map.of(Labels.INSTALLATION, installation, Labels.RUN, "a-run-1"))
                .exec()
                .getId();
        assertThat(engine.start(spec).id()).isNotEqualTo(created);
        assertThat(engine.inspect(created)).isEmpty();
        assertThat(engine.discard(created)).isTrue();
    }

    @Test
    void aVolumeOutlivesItsContainersAndCantBeRemovedWhileOneHasIt() throws Exception {
        VolumeSpec data = new VolumeSpec("shop-data", Map.of(Labels.APP, "1"), false);
        engine.ensureVolume(data);
        engine.ensureVolume(data);
        List<Mount> written = List.of(new Mount("shop-data", "/data", false));
        ContainerSpec writer =
                spec("a", "echo hello > /data/file && cat /data/file").mounting(written);
        Container first = engine.start(writer);
        await().until(() -> output(first, 10).equals("hello\n"));
        assertThat(engine.removeVolume("shop-data")).isFalse();
        engine.remove(first.id());
        List<Mount> read = List.of(new Mount("shop-data", "/data", true));
        Container second =
                engine.start(spec("b", "cat /data/file; echo more > /data/file").mounting(read));
        await().until(() -> output(second, 10).contains("Read-only file system"));
        await().until(() -> output(second, 10).contains("hello\n"));
        assertThat(engine.volumeUsage(List.of("shop-data", "missing")))
                .isEqualTo(Map.of("shop-data", new VolumeUsage(6, true)));
        engine.remove(second.id());
        assertThat(engine.removeVolume("shop-data")).isTrue();
        assertThat(engine.removeVolume("shop-data")).isTrue();
        assertThatThrownBy(() -> engine.ensureVolume(new VolumeSpec("shop-data", Map.of(), true)))
                .isInstanceOf(EngineException.Refused.class)
                .hasMessageContaining("isn't in Docker any more");
    }

    private static ContainerSpec spec(String name, String script) {
        return new ContainerSpec(
                name, TestImages.script(script).value(), Map.of(), Map.of(Labels.INSTANCE, name), LIMITS);
    }

    @Test
    void containersRunWithFewCapabilitiesAndEndWithTheirStatus() throws Exception {
        BlockingQueue<String> deaths = new LinkedBlockingQueue<>();
        try (AutoCloseable events = engine.deaths(deaths::add, () -> {})) {
            Container container = start(
                    "a", TestImages.script("grep CapEff /proc/self/status; echo $GREETING; mknod /x b 1 1 || exit 7"));
            await().until(() -> !engine.inspect(container.id()).orElseThrow().running());
            assertThat(deaths.poll(5, TimeUnit.SECONDS)).isEqualTo(container.id());
            assertThat(engine.inspect(container.id()).orElseThrow().status())
                    .isEqualTo(new Container.Status.Exited(7, false));
            // CHOWN 0, DAC_OVERRIDE 1, FOWNER 3, FSETID 4, KILL 5, SETGID 6, SETUID 7, SETPCAP 8,
            // NET_BIND_SERVICE 10
            assertThat(output(container, 10)).contains("CapEff:\t00000000000005fb", "hello\n");
            assertThat(output(container, 1).lines()).hasSize(1);
            assertThat(events).isNotNull();
        }
    }

    @Test
    void stoppingIsGentleThenFirmAndRepeatable() {
        Container stubborn = start("stubborn", TestImages.script("trap '' TERM; while true; do sleep 1; done"));
        long begin = System.nanoTime();
        engine.stop(stubborn.id(), Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(engine.inspect(stubborn.id()).orElseThrow().running()).isFalse();
        engine.stop(stubborn.id(), Duration.ofSeconds(1));
        engine.remove(stubborn.id());
        engine.remove(stubborn.id());
        engine.stop(stubborn.id(), Duration.ofSeconds(1));
        assertThat(engine.inspect(stubborn.id())).isEmpty();
        assertThat(engine.list()).isEmpty();
    }

    @Test
    void whatCantStartLeavesNothingBehind() {
        Digest image = TestImages.image("USER ghost\nCMD [\"busybox\", \"sleep\", \"100\"]\n");
        assertThatThrownBy(() -> start("a", image))
                .isInstanceOf(EngineException.Refused.class)
                .hasMessageContaining("ghost");
        assertThat(engine.list()).isEmpty();
    }

    @Test
    void aNameLeftBehindByAnInterruptedStartIsTakenOver() {
        Digest image = TestImages.script("sleep 100");
        Container first = start("a", image);
        Container second = start("a", image);
        assertThat(engine.list())
                .extracting(Container::id)
                .containsExactly(second.id())
                .doesNotContain(first.id());
    }

    @Test
    void aCommandRunsInAContainerAndItsEndIsTold() {
        Container container = start("a", TestImages.script("sleep 100"));
        assertThat(engine.run(container.id(), List.of("sh", "-c", "echo out; echo err >&2; exit 3"), MINUTE))
                .isInstanceOfSatisfying(CommandEnd.Exited.class, end -> {
                    assertThat(end.code()).isEqualTo(3);
                    assertThat(end.output()).contains("out\n", "err\n");
                });
        assertThat(engine.run(container.id(), List.of("seq", "100000"), MINUTE))
                .isInstanceOfSatisfying(
                        CommandEnd.Exited.class,
                        end -> assertThat(end.output())
                                .endsWith("\n99999\n100000\n")
                                .hasSizeLessThan(10_000));
        assertThatThrownBy(() -> engine.run("gone", List.of("true"), MINUTE)).isInstanceOf(EngineException.class);
    }

    @Test
    void aCommandThatTakesTooLongIsKilled() {
        Container container = start("a", TestImages.script("sleep 100"));
        assertThat(engine.run(container.id(), List.of("sleep", "99"), Duration.ofSeconds(1)))
                .isEqualTo(new CommandEnd.TimedOut());
        org.awaitility.Awaitility.await()
                .until(() ->
                        !List.of(TestImages.docker()
                                        .topContainerCmd(container.id())
                                        .exec()
                                        .getProcesses())
                                .stream()
                                .map(List::of)
                                .toList()
                                .toString()
                                .contains("sleep 99"));
    }

    @Test
    void anImageIsLookedForHereFirst() {
        Digest image = TestImages.script("sleep 100");
        assertThat(engine.ensureImage(new ImageSource(image, "shop", null))).isEqualTo(image.value());
        Digest unknown = new Digest("sha256:" + "d".repeat(64));
        assertThatThrownBy(() -> engine.ensureImage(new ImageSource(unknown, "shop", null)))
                .isInstanceOf(EngineException.ImageUnavailable.class);
        assertThatThrownBy(() -> engine.ensureImage(new ImageSource(unknown, "shop", unknown)))
                .isInstanceOf(EngineException.RegistryAway.class)
                .hasMessageContaining("127.0.0.1:1 ");
    }

    @Test
    void anEngineThatIsntThereIsUnavailable() {
        try (DockerEngine absent =
                new DockerEngine(new DockerSettings("unix:///nonexistent/docker.sock", "x", "127.0.0.1:1", "u", "p"))) {
            assertThatThrownBy(absent::list).isInstanceOf(EngineException.Unavailable.class);
            assertThatThrownBy(() -> absent.stop("x", Duration.ofSeconds(1)))
                    .isInstanceOf(EngineException.Unavailable.class);
        }
    }

    private static String get(Container from, Container of) throws InterruptedException {
        return exec(from, "sh", "-c", "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 " + of.address() + " 8000");
    }

    private String output(Container container, int lines) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.logs(container.id(), lines, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String exec(Container container, String... command) throws InterruptedException {
        String id = TestImages.docker()
                .execCreateCmd(container.id())
                .withCmd(command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        StringBuilder output = new StringBuilder();
        TestImages.docker()
                .execStartCmd(id)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                })
                .awaitCompletion();
        return output.toString();
    }
}
