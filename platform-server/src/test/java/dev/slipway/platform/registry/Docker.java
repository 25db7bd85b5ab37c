package dev.slipway.platform.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The machine's Docker, with images of its own that it removes again.
final class Docker implements AutoCloseable {
    private static final String LABEL = "dev.slipway.test";

    private final String run = "registry-" + UUID.randomUUID();

    record Outcome(int exit, String output) {}

    /// Builds `FROM scratch` with busybox and a file of `payload` bytes that differs for each `seed`, under
    /// `names`.
    void build(Path context, byte[] payload, String... names) throws IOException {
        Files.copy(
                Path.of("/bin/busybox"), context.resolve("busybox"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.write(context.resolve("payload"), payload);
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY payload /payload
                LABEL %s=%s
                CMD ["/bin/busybox", "sha256sum", "/payload"]
                """.formatted(LABEL, run));
        List<String> command = new ArrayList<>(List.of("build", "-q"));
        for (String name : names) {
            command.addAll(List.of("-t", name));
        }
        command.add(context.toString());
        require(command.toArray(String[]::new));
    }

    String require(String... arguments) throws IOException {
        Outcome outcome = run(arguments);
        if (outcome.exit() != 0) {
            throw new IllegalStateException(
                    "docker " + String.join(" ", arguments) + ": exit " + outcome.exit() + "\n" + outcome.output());
        }
        return outcome.output();
    }

    Outcome run(String... arguments) throws IOException {
        return runWithInput("", arguments);
    }

    Outcome runWithInput(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Forgets an image under all its names, so that a pull has to bring it again.
    void forget(String... names) throws IOException {
        for (String name : names) {
            run("image", "rm", "-f", name);
        }
    }

    @Override
    public void close() throws IOException {
        for (String id : require("image", "ls", "-q", "--filter", "label=" + LABEL + "=" + run)
                .split("\\s+")) {
            if (!id.isEmpty()) {
                run("image", "rm", "-f", id);
            }
        }
    }
}
