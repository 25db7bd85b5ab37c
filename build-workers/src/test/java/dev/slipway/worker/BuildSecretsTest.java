package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Json;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.secrets.MasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On the real engine: builds see the secrets that they ask for, and nothing that remains of a build does.
class BuildSecretsTest {
    private static final String TOKEN = "t0ken-" + UUID.randomUUID();
    private static final String KEY = "-----BEGIN KEY-----\nk3y-" + UUID.randomUUID() + "\n-----END KEY-----\n";

    private TestSite site;
    private App app;

    @BeforeEach
    void anAppWithSecrets() throws IOException {
        site = new TestSite();
        app = site.app(new BuildSettings("", "Dockerfile", null, Map.of(), 60, List.of("TOKEN", "KEY")));
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void aBuildMountsItsSecretsAndNothingThatIsLeftOfItHoldsThem() throws Exception {
        config(Map.of("TOKEN", TOKEN, "KEY", KEY, "OTHER", "not for builds"));
        site.worker("w1");
        Build build = build("""
                RUN --mount=type=secret,id=TOKEN --mount=type=secret,id=KEY,target=/key --mount=type=secret,id=OTHER \
                    echo "length $(cat /run/secrets/TOKEN | wc -c) $(cat /key | wc -l)"; \
                    echo "it is $(cat /run/secrets/TOKEN), $(cat /run/secrets/TOKEN | base64 -w0)"; cat /key; \
                    ls /run/secrets; env; echo begun; sleep 1
                RUN ls -a / /run; test ! -e /run/secrets/TOKEN && test ! -e /key || exit 9
                """);
        site.awaitLine(build, "begun");
        List<Path> files = secretFiles();
        assertThat(files).hasSize(3); // the directory and two files
        for (Path file : files) {
            assertThat(Files.getPosixFilePermissions(file))
                    .allMatch(permission -> permission.name().startsWith("OWNER"));
        }
        assertThat(Files.readString(Path.of("/proc/" + group() + "/cmdline")))
                .contains("id=TOKEN,src=")
                .doesNotContain(TOKEN);
        assertThat(Files.readString(Path.of("/proc/" + group() + "/environ"))).doesNotContain(TOKEN);

        assertThat(site.awaitEnd(build).message()).isNull();
        assertThat(secretFiles()).isEmpty();
        assertThat(site.log(build))
                .contains("length " + TOKEN.length() + " 3", "it is ***, ***", "***")
                .noneMatch(line -> leaks(line));
        String image = Objects.requireNonNull(site.find(build).localImage());
        assertThat(docker("history", "--no-trunc", image))
                .contains("/run/secrets/TOKEN")
                .doesNotContain(TOKEN);
        assertThat(docker("inspect", image)).doesNotContain(TOKEN);
        assertThat(leaks(docker("image", "save", image))).isFalse();
        assertThat(leaks(site.database
                        .jdbc()
                        .sql("SELECT coalesce(string_agg(b::text || coalesce(s::text, ''), ''), '')"
                                + " FROM builds b LEFT JOIN build_steps s ON s.build_id = b.id")
                        .query(String.class)
                        .single()))
                .isFalse();
    }

    @Test
    void aSecretThatIsNotSetFailsTheBuildWithTheWayOut() throws Exception {
        config(Map.of("TOKEN", TOKEN));
        site.worker("w1");
        Build failed = site.awaitEnd(build("RUN true\n"));
        assertThat(failed.state()).isEqualTo(BuildState.FAILED);
        assertThat(failed.reason()).isEqualTo(BuildReason.SECRET_MISSING);
        assertThat(failed.message()).contains("KEY as a secret", "Set it under Config");
    }

    @Test
    void aWorkerThatWasKilledLeavesNoSecretToItsSuccessor() throws Exception {
        config(Map.of("TOKEN", TOKEN, "KEY", KEY));
        WorkerProcess killed = site.process("w1");
        Build build = build("RUN echo begun; sleep 60\n");
        site.awaitLine(build, "begun");
        assertThat(secretFiles()).isNotEmpty();
        killed.kill();
        assertThat(secretFiles()).isNotEmpty();
        site.builds.cancel(build.id(), "ada");
        site.worker("w1");
        site.awaitEnd(build);
        assertThat(secretFiles()).isEmpty();
    }

    private Build build(String commands) throws IOException {
        return site.enqueue(
                app,
                site.repository(app)
                        .busybox()
                        .file(
                                "Dockerfile",
                                BuildWorkerTest.SHELL + commands + "# " + UUID.randomUUID() + "\n" + "ENV N="
                                        + UUID.randomUUID() + "\n")
                        .commit());
    }

    private void config(Map<String, String> variables) {
        MasterKey key = MasterKey.loadOrCreate(site.home);
        new ConfigStore(site.database)
                .add(app.id(), 1, key.encrypt(ConfigStore.purpose(app.id(), 1), Json.write(variables)), "ada");
    }

    private List<Path> secretFiles() throws IOException {
        Path parent = Path.of("/dev/shm");
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(path -> path.getFileName().toString().startsWith("slipway-" + site.installation))
                    .flatMap(BuildSecretsTest::withContents)
                    .toList();
        }
    }

    private static Stream<Path> withContents(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long group() throws IOException {
        return Long.parseLong(
                Files.readString(site.home.resolve("run/w1.build")).split(" ")[0]);
    }

    private static boolean leaks(String text) {
        return Stream.of(TOKEN, KEY.lines().skip(1).findFirst().orElseThrow())
                .anyMatch(secret -> text.contains(secret)
                        || text.contains(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("/usr/bin/docker"), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(said.length() < 500 ? said : "").isZero();
        return said;
    }
}
