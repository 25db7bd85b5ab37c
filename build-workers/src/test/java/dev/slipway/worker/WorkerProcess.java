package dev.slipway.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A worker in a process of its own, as the launcher starts it, to be killed.
final class WorkerProcess implements AutoCloseable {
    static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xms8m",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1");
    private final Process process;

    WorkerProcess(Map<String, String> environment, Path log) throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BuildWorker.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        process = builder.start();
    }

    long pid() {
        return process.pid();
    }

    /// As kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// As kill: SIGTERM. Returns the exit status.
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the worker ignores SIGTERM");
        }
        return process.exitValue();
    }

    /// Resident memory in KiB: its own pages, and all.
    String memory() throws IOException {
        return String.join(
                " ",
                Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                        .filter(line -> line.matches("(VmRSS|RssAnon|RssFile):.*"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .toList());
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
