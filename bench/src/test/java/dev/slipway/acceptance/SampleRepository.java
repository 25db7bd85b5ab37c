package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A developer's clone on disk, driven with the real `git`. Its app is a static busybox `FROM scratch`, so that
/// no base image is needed.
final class SampleRepository {
    /// Serves `index.html` on port 8000; a RUN proves that building needs an engine.
    static final String DOCKERFILE = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
            RUN ["/bin/busybox", "chmod", "0444", "/www/index.html"]
            EXPOSE 8000
            CMD ["/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www"]
            """;

    private static final String BASE_IMAGE = "ARG BASE=busybox:stable\nFROM ${BASE}\n";
    private static final String BUSYBOX_BASE = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;

    private static final Map<String, String> GIT_ENVIRONMENT = Map.of(
            "GIT_AUTHOR_NAME",
            "Ada Lovelace",
            "GIT_AUTHOR_EMAIL",
            "ada@example.com",
            "GIT_COMMITTER_NAME",
            "Ada Lovelace",
            "GIT_COMMITTER_EMAIL",
            "ada@example.com",
            "GIT_TERMINAL_PROMPT",
            "0",
            "GIT_CONFIG_NOSYSTEM",
            "1",
            "GIT_CONFIG_GLOBAL",
            "/dev/null");

    private final Path directory;

    private SampleRepository(Path directory) {
        this.directory = directory;
    }

    static SampleRepository create() {
        try {
            SampleRepository repository = new SampleRepository(Scratch.directory("app"));
            repository.git("init", "-q", "-b", "main");
            Files.copy(busybox(), repository.directory.resolve("busybox"));
            repository.directory.resolve("busybox").toFile().setExecutable(true);
            repository.write("Dockerfile", DOCKERFILE);
            return repository;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path busybox() {
        return List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox")).stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no static busybox here: ./slipway test installs it"));
    }

    SampleRepository write(String file, String content) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes over the app `samples/broken/<name>`. Its base image, which a registry would have, is made on the way.
    SampleRepository broken(String name) {
        Path sample = TestPlatform.REPOSITORY.resolve("samples/broken").resolve(name);
        try {
            String dockerfile = Files.readString(sample.resolve("Dockerfile"));
            assertThat(dockerfile).contains(BASE_IMAGE);
            Files.copy(
                    sample.resolve("start"),
                    directory.resolve("start"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            return write("Dockerfile", dockerfile.replace(BASE_IMAGE, BUSYBOX_BASE))
                    .commit("The app " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SampleRepository remove(String file) {
        assertThat(directory.resolve(file).toFile().delete()).isTrue();
        return this;
    }

    SampleRepository commit(String message) {
        git("add", "-A");
        git("commit", "-q", "-m", message);
        return this;
    }

    String head() {
        return git("rev-parse", "HEAD").standardOutput().strip();
    }

    /// Pushes and returns what the terminal showed.
    Command.Result push(TestPlatform platform, String app, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "push", platform.gitUrl(app)));
        command.addAll(arguments.length == 0 ? List.of("main") : List.of(arguments));
        return Command.run(directory, GIT_ENVIRONMENT, command, Duration.ofMinutes(3));
    }

    /// A push that goes on by itself; nobody reads what it says.
    Process pushInBackground(TestPlatform platform, String app) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder("git", "push", platform.gitUrl(app), "main").directory(directory.toFile());
            builder.environment().putAll(GIT_ENVIRONMENT);
            return builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Command.Result git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Command.Result result = Command.run(directory, GIT_ENVIRONMENT, command, Duration.ofMinutes(1));
        assertThat(result.exit()).as("%s: %s", command, result.output()).isZero();
        return result;
    }
}
