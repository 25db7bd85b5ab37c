package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackLimitsTest {
    private static final String ZERO = "0".repeat(40);

    @TempDir
    Path directory;

    private GitPlatform platform;
    private GitClient git;
    private App app;

    @BeforeEach
    void start() throws IOException {
        platform = new GitPlatform(directory.resolve("home"), new SourceLimits(2L << 20, 1L << 20, 1_000));
        git = GitClient.init(Files.createDirectory(directory.resolve("work")));
        app = platform.hosted("shop");
        platform.cancelBuildsAsTheyCome();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void aWholePackIsTaken() throws Exception {
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        assertThat(push(commit, pack())).contains("unpack ok").contains("ok refs/heads/main");
        assertThat(platform.buildsOf(app)).hasSize(1);
    }

    /// Where the pack is broken, counted from its end; the last 20 bytes are its checksum.
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 30, 100})
    void aCorruptedPackIsRefusedAndLeavesNothing(int fromEnd) throws Exception {
        String commit = git.commit("Dockerfile", "FROM scratch\n" + "RUN true\n".repeat(50));
        byte[] pack = pack();
        pack[pack.length - fromEnd] ^= 0x55;
        assertThat(push(commit, pack)).contains("unpack error").contains("ng refs/heads/main");
        assertNothingIsLeft();
    }

    @Test
    void aPackThatEndsTooEarlyIsRefusedAndLeavesNothing() throws Exception {
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        byte[] pack = pack();
        assertThat(push(commit, java.util.Arrays.copyOf(pack, pack.length - 25)))
                .contains("unpack error");
        assertNothingIsLeft();
    }

    @Test
    void aPackWithoutTheCommitIsRefused() throws Exception {
        git.commit("Dockerfile", "FROM scratch\n");
        assertThat(push("1".repeat(40), pack())).contains("ng refs/heads/main");
        assertThat(platform.buildsOf(app)).isEmpty();
    }

    @Test
    void noPackAtAllIsRefused() throws Exception {
        assertThat(push("1".repeat(40), new byte[0])).contains("unpack error");
        assertThat(push("1".repeat(40), "nonsense".repeat(10).getBytes(StandardCharsets.UTF_8)))
                .contains("unpack error");
        assertNothingIsLeft();
    }

    @Test
    void aPackLargerThanTheLimitIsRefusedWithTheLimit() throws Exception {
        for (int i = 0; i < 4; i++) {
            Files.write(git.directory().resolve("file" + i), random(900_000 + i));
        }
        git.commit("Dockerfile", "FROM scratch\n");
        GitClient.Result result = git.run("push", platform.url("shop"), "main");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("the pack is larger than 2 MiB").contains("SLIPWAY_MAX_PACK_MB");
        assertNothingIsLeft();
    }

    @Test
    void aFileLargerThanTheLimitIsRefusedWithTheLimit() throws Exception {
        Files.write(git.directory().resolve("zeros"), new byte[1_500_000]);
        git.commit("Dockerfile", "FROM scratch\n");
        GitClient.Result result = git.run("push", platform.url("shop"), "main");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("larger than 1 MiB").contains("SLIPWAY_MAX_OBJECT_MB");
        assertNothingIsLeft();
    }

    @Test
    void aPackWithMoreObjectsThanTheLimitIsRefused() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(git.directory().resolve("file" + i), "file " + i);
        }
        git.commit("Dockerfile", "FROM scratch\n");
        GitClient.Result result = git.run("push", platform.url("shop"), "main");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("1003 objects, more than 1000");
        assertNothingIsLeft();
    }

    @Test
    void aTreeThatWouldWriteIntoDotGitIsRefused() {
        String blob = git.commit("Dockerfile", "FROM scratch\n");
        git.succeed(
                "-c",
                "core.protectNTFS=false",
                "-c",
                "core.protectHFS=false",
                "update-index",
                "--add",
                "--cacheinfo",
                "100644," + git.succeed("rev-parse", blob + ":Dockerfile").strip() + ",..hook");
        String tree = git.succeed("write-tree").strip();
        String evil = git.evilTree(tree, "..hook", ".git");
        String commit = git.succeed("commit-tree", "-m", "evil", evil).strip();
        GitClient.Result result = git.run("push", platform.url("shop"), commit + ":refs/heads/main");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("an object in it is broken");
        assertThat(platform.buildsOf(app)).isEmpty();
    }

    @Test
    void aShallowCloneCanPush() {
        git.commit("Dockerfile", "FROM scratch\n");
        git.commit("a", "1");
        git.succeed("push", platform.url("shop"), "main");
        Path clone = directory.resolve("clone");
        git.succeed("clone", "--depth", "1", platform.url("shop"), clone.toString());
        GitClient shallow = new GitClient(clone);
        shallow.commit("b", "2");
        shallow.succeed("push", "origin", "main");
        assertThat(platform.buildsOf(app)).hasSize(2);
    }

    private void assertNothingIsLeft() throws IOException {
        Path objects = platform.home.repository(app.id()).resolve("objects");
        try (Stream<Path> files = Files.walk(objects)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(platform.buildsOf(app)).isEmpty();
    }

    private byte[] pack() throws Exception {
        Process process = git.start("pack-objects", "--revs", "--stdout", "-q");
        process.getOutputStream().write("main\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return process.getInputStream().readAllBytes();
    }

    /// What git would post, but with this pack.
    private String push(String commit, byte[] pack) throws Exception {
        String command = ZERO + " " + commit + " refs/heads/main\0 report-status";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                String.format("%04x%s0000", command.length() + 4, command).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(pack);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(platform.url("shop") + "/git-receive-pack"))
                    .header("Content-Type", "application/x-git-receive-pack-request")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
