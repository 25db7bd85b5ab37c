package dev.slipway.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// A Git repository with an app that shows its version. Each change is one line of one source file.
final class Repository {
    private static final int FILES = 2_000;
    private static final int LINES = 100;
    private static final Map<String, String> QUIET =
            Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_TERMINAL_PROMPT", "0");
    private static final String TINY = """
            FROM scratch
            COPY busybox /bin/busybox
            COPY index.html /www/index.html
            EXPOSE 8000
            CMD ["/bin/busybox", "httpd", "-f", "-p", "8000", "-h", "/www"]
            """;
    private static final String MIDDLE = """
            FROM %s
            COPY busybox /bin/busybox-static
            WORKDIR /app
            COPY src src
            RUN mkdir /www && cp src/index.html /www/ && find src -type f | sort | xargs sha256sum > manifest \\
              && for pass in 1 2; do tar -cf - src | gzip -9 > src.tar.gz; done
            EXPOSE 8000
            CMD ["/bin/busybox-static", "httpd", "-f", "-p", "8000", "-h", "/www"]
            """;

    private static final String STORM = """
            FROM scratch
            COPY perl /
            COPY index.html storm.pl /
            EXPOSE 8000
            CMD ["perl", "/storm.pl"]
            """;
    private static final String FLOODING = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            COPY index.html start /
            EXPOSE 8000
            CMD ["sh", "/start"]
            """;
    private static final String FLOOD = """
            httpd -f -p 8000 -h / &
            exec yes "DEBUG request handled in 12 ms by worker 7, user 4711, session 9c1f2e, path /api/v1/orders/1234"
            """;

    /// An earlier run's build cache must be of no use to the floor or to Slipway.
    private static final String RUN = Long.toHexString(System.currentTimeMillis());

    private final Path directory;
    private final Path page;
    private int version;

    private Repository(Path directory, Path page) {
        this.directory = directory;
        this.page = page;
    }

    /// `FROM scratch` and a static busybox.
    static Repository tiny(Path parent) {
        Path directory = parent.resolve("tiny");
        return create(directory, directory.resolve("index.html"), TINY);
    }

    /// The app of a [Storm]: one process, as most apps are, in this machine's Perl.
    static Repository storm(Path parent) {
        Path directory = parent.resolve("storm");
        Repository repository = create(directory, directory.resolve("index.html"), STORM);
        HostProgram.copy("perl", directory.resolve("perl"));
        try (InputStream script = Objects.requireNonNull(Repository.class.getResourceAsStream("storm.pl"))) {
            Files.copy(script, directory.resolve("storm.pl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return repository;
    }

    /// Serves a page and writes lines as fast as they are taken.
    static Repository flood(Path parent) {
        Path directory = parent.resolve("flood");
        Repository repository = create(directory, directory.resolve("index.html"), FLOODING);
        write(directory.resolve("start"), FLOOD);
        return repository;
    }

    /// A distribution's base image, 2,000 source files, a RUN after they are copied.
    static Repository middle(Path parent, String baseImage) {
        Path directory = parent.resolve("middle");
        Repository repository = create(directory, directory.resolve("src/index.html"), MIDDLE.formatted(baseImage));
        Random random = new Random(1);
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < LINES; line++) {
                text.append("value ")
                        .append(line)
                        .append(" = ")
                        .append(Long.toHexString(random.nextLong()))
                        .append(" * ")
                        .append(file)
                        .append('\n');
            }
            write(directory.resolve("src/part" + file / 100 + "/file" + file + ".txt"), text.toString());
        }
        return repository;
    }

    private static Repository create(Path directory, Path page, String dockerfile) {
        Repository repository = new Repository(directory, page);
        write(directory.resolve("Dockerfile"), dockerfile);
        try {
            Files.copy(busybox(), directory.resolve("busybox"));
            Files.setPosixFilePermissions(directory.resolve("busybox"), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repository.git("init", "-q", "-b", "main");
        repository.git("config", "user.name", "Slipway bench");
        repository.git("config", "user.email", "bench@slipway.invalid");
        return repository;
    }

    private static Path busybox() {
        return List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox")).stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the bench's apps need a static busybox: apt-get install busybox-static"));
    }

    /// Changes one line and commits. Returns what the page says from now on.
    String change() {
        version++;
        String text = "This is version " + version + " of run " + RUN + ".";
        write(page, "<!doctype html>\n<title>Bench</title>\n" + text + "\n");
        git("add", "-A");
        git("commit", "-q", "-m", "Version " + version);
        return text;
    }

    /// From now on `git push` finds its token in this file.
    void authenticate(Path credentials) {
        git("config", "credential.helper", "store --file=" + credentials);
    }

    ProcessBuilder archive() {
        return quiet(new ProcessBuilder("git", "archive", "--format=tar", "HEAD"));
    }

    void pushTo(String url) {
        git("push", "-q", url, "main");
    }

    private String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Run.output(directory, QUIET, command);
    }

    private ProcessBuilder quiet(ProcessBuilder builder) {
        builder.environment().putAll(QUIET);
        return builder.directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
