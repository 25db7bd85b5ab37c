package dev.slipway.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// A Docker Engine of a test's own that can be restarted: the machine's engine and what runs in it don't notice. It
/// leaves the packet filter alone, so its containers reach nothing but this machine.
final class OwnEngine implements AutoCloseable {
    private final Path directory;
    private final boolean liveRestore;
    private Process daemon;

    /// @param liveRestore containers outlive the engine
    OwnEngine(boolean liveRestore) {
        this.liveRestore = liveRestore;
        try {
            this.directory = Scratch.directory("own");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                "--bridge=none",
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
        // which it mounts over itself, and leaves so when its containers may outlive it
        run("umount", "--recursive", directory.resolve("data").toString());
        run("rm", "--recursive", "--force", directory.toString());
    }

    private static void run(String... command) {
        Command.run(Path.of("/"), Map.of(), List.of(command), Duration.ofMinutes(1));
    }
}
