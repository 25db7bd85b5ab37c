package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// A Docker Engine of a test's own that can be restarted: the machine's engine and what runs in it don't notice. It
/// leaves the packet filter alone, so its containers reach nothing but this machine. It gets a bridge of its own:
/// told to do without one, it would take away the machine's `docker0`.
final class OwnEngine implements AutoCloseable {
    private static final Path MACHINES_BRIDGE = Path.of("/sys/class/net/docker0");
    private static final String ADDRESS = "10.213.77.1/24";

    private final Path directory;
    private final boolean liveRestore;
    private final boolean machineHadABridge = Files.exists(MACHINES_BRIDGE);
    private final String bridge =
            "slw" + Long.toHexString(ProcessHandle.current().pid());
    private Process daemon;

    /// @param liveRestore containers outlive the engine
    OwnEngine(boolean liveRestore) {
        this.liveRestore = liveRestore;
        try {
            this.directory = Scratch.directory("own");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("ip", "link", "add", bridge, "type", "bridge");
        run("ip", "address", "add", ADDRESS, "dev", bridge);
        run("ip", "link", "set", bridge, "up");
        this.daemon = launch();
    }

    String dockerHost() {
        return "unix://" + directory.resolve("docker.sock");
    }

    void start() {
        daemon = launch();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                "dockerd",
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "--host=" + dockerHost(),
                "--bridge=" + bridge,
                "--iptables=false",
                "--ip6tables=false",
                "--ip-masq=false"));
        if (liveRestore) {
            command.add("--live-restore");
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            Awaitility.await("an engine of our own")
                    .atMost(Duration.ofMinutes(1))
                    .failFast("dockerd has ended: " + directory.resolve("log"), () -> !started.isAlive())
                    .until(() -> docker("version").exit() == 0);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As its service manager would.
    void stop() {
        daemon.destroy();
        try {
            daemon.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ids of the containers that run.
    List<String> containers() {
        return docker("ps", "--quiet").standardOutput().lines().toList();
    }

    private Command.Result docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Command.run(directory, Map.of("DOCKER_HOST", dockerHost()), command, Duration.ofMinutes(1));
    }

    /// Its containers go with it.
    @Override
    public void close() {
        for (String container :
                docker("ps", "--all", "--quiet").standardOutput().lines().toList()) {
            docker("rm", "--force", container);
        }
        docker("network", "prune", "--force");
        stop();
        run("ip", "link", "delete", bridge);
        Path data = directory.resolve("data");
        if (isMounted(data)) {
            // over itself, and left so when containers may outlive it
            run("umount", "--recursive", data.toString());
        }
        run("rm", "--recursive", "--force", directory.toString());
        assertThat(Files.exists(MACHINES_BRIDGE)).isEqualTo(machineHadABridge);
    }

    private static boolean isMounted(Path path) {
        try {
            return Files.readString(Path.of("/proc/mounts")).contains(" " + path + " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        Command.Result result = Command.run(Path.of("/"), Map.of(), List.of(command), Duration.ofMinutes(1));
        assertThat(result.exit())
                .as("%s: %s", List.of(command), result.output())
                .isZero();
    }
}
