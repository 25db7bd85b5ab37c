package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The launcher beyond the straight path.
class LauncherTest {
    private static TestPlatform platform;

    @BeforeAll
    static void up() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void down() {
        platform.close();
    }

    @Test
    void aKilledSupervisorIsReplacedAndTheNextOneKeepsTheProgramsUp() {
        long runtime = platform.pid("runtime");
        for (int i = 0; i < 2; i++) {
            long supervisor = platform.pid("supervisor");
            platform.kill("supervisor");
            awaitAnother("supervisor", supervisor);
        }
        long worker = platform.pid("w1");
        platform.kill("w1");
        awaitAnother("w1", worker);
        assertThat(platform.pid("runtime")).as("nothing else was restarted").isEqualTo(runtime);
    }

    private static void awaitAnother(String program, long pid) {
        Awaitility.await("another " + program)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> platform.pid(program), now -> now != 0 && now != pid);
    }

    @Test
    void restartsThatWereAskedForAreNoDeaths() throws IOException {
        for (int i = 0; i < 4; i++) {
            platform.slipway("restart", "w2");
        }
        assertThat(supervisorsLines("w2 ended")).isNotEmpty().allMatch(line -> line.endsWith("starts again in 0 s"));
    }

    @Test
    void whoeverDiedTooOftenIsStartedAtOnceWhenAsked() throws IOException {
        platform.slipway("restart", "w1");
        for (int deaths = 1; deaths <= 5; deaths++) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> platform.pid("w1") != 0);
            platform.kill("w1");
            int soFar = deaths;
            Awaitility.await()
                    .until(() -> !supervisorsLines("w1 ended with 137; starts again in " + (1 << soFar) / 2)
                            .isEmpty());
        }
        platform.slipway("restart", "w1");
        assertThat(supervisorsLines("w1 waits no longer")).hasSize(1);
    }

    /// However often it is rung, and whatever it is doing then.
    @Test
    void noProgramIsStartedTwice() throws IOException {
        String supervisor = Long.toString(platform.pid("supervisor"));
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> rings = CompletableFuture.supplyAsync(() -> ringUntil(enough, supervisor));
        try {
            for (int i = 0; i < 5; i++) {
                long worker = platform.pid("w2");
                platform.slipway("restart", "w2");
                assertThat(platform.pid("w2")).isNotEqualTo(worker);
            }
        } finally {
            enough.set(true);
        }
        assertThat(rings.join()).isGreaterThan(100);
        assertThat(supervisorsLines("w2 started").size())
                .isEqualTo(supervisorsLines("w2 ended").size() + 1);
    }

    private static int ringUntil(AtomicBoolean enough, String supervisor) {
        int rings = 0;
        for (; !enough.get() && rings < 20_000; rings++) {
            Command.run(platform.home(), Map.of(), List.of("kill", "-USR1", supervisor), Duration.ofSeconds(10));
        }
        return rings;
    }

    private static List<String> supervisorsLines(String text) throws IOException {
        try (Stream<String> lines = Files.lines(platform.home().resolve("logs/supervisor.log"))) {
            return lines.filter(line -> line.contains(text)).toList();
        }
    }

    @Test
    void aKilledDatabaseComesBackThoughItsNumberIsAnotherProcessesByNow() throws IOException {
        long database = platform.pid("postgres");
        platform.signal("STOP", "supervisor");
        try {
            platform.kill("postgres");
            Path lock = platform.home().resolve("postgres/data/postmaster.pid");
            String text = Files.readString(lock);
            Files.writeString(lock, ProcessHandle.current().pid() + text.substring(text.indexOf('\n')));
        } finally {
            platform.signal("CONT", "supervisor");
        }
        awaitAnother("postgres", database);
        platform.repair();
        assertThat(platform.get("/api/v1/apps").isObject()).isTrue();
    }

    @Test
    void whatVisitorsWaitForHasItsTurnFirst() throws IOException {
        boolean groups = Files.notExists(Path.of("/run/systemd/system"))
                && Files.isWritable(Path.of("/sys/fs/cgroup/cpu/cgroup.procs"));
        for (String program : List.of("postgres", "platform-server", "w1")) {
            assertThat(isLater(program)).as(program).isEqualTo(groups);
        }
        assertThat(isLater("runtime")).isFalse();
    }

    private static boolean isLater(String program) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(platform.pid(program)), "cgroup")).stream()
                .anyMatch(line -> line.contains(":cpu") && line.endsWith(":/slipway"));
    }

    /// An empty one says that what was trained can't be used: with a heap whose old generation is too small for the
    /// cache's objects, for example. (There is none at all where memory was short.)
    @Test
    void programsUseTheCachesThatWereTrained() throws IOException {
        for (String program : List.of("platform-server", "runtime", "w1")) {
            Path cache = cache(program);
            assertThat(Files.notExists(cache) || Files.size(cache) > 0)
                    .as("%s", cache)
                    .isTrue();
        }
    }

    /// Beside the file with the options that the program was started with.
    private static Path cache(String program) throws IOException {
        String command = Files.readString(Path.of("/proc", Long.toString(platform.pid(program)), "cmdline"));
        return Stream.of(command.split("\0"))
                .filter(word -> word.startsWith("@"))
                .map(word -> Path.of(word.substring(1).replace(".args", ".aot")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twoUpsAtOnceBothSucceed() throws Exception {
        CompletableFuture<Void> other = CompletableFuture.runAsync(platform::repair);
        platform.repair();
        other.get(5, TimeUnit.MINUTES);
    }

    @Test
    void logsAreShownByProgramAndUnknownProgramsAreRefusedWithAllNames() {
        assertThat(platform.slipway("logs", "w1")).contains("worker w1 is ready");
        assertThat(platform.slipway("logs")).contains("/postgres.log <==", "/supervisor.log <==");
        Command.Result refused = platform.trySlipway("logs", "../admin-password");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.standardError()).contains("there is no log of", "platform-server runtime w1 w2 supervisor");
    }

    @Test
    void whatIsWrongWithTheHomeIsFoundByDoctorAndMendedByUp() throws IOException {
        assertThat(platform.slipway("doctor")).contains("supervisor runs", "All well.");
        Files.setPosixFilePermissions(
                platform.home(), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        Command.Result doctor = platform.trySlipway("doctor");
        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.output()).contains("has mode 755", "chmod 700", "1 to mend.");
        platform.repair();
        assertThat(platform.slipway("doctor")).contains("All well.");
    }

    @Test
    void downWithAppsLeavesNothingInTheEngine() throws IOException {
        try (TestPlatform other = TestPlatform.start()) {
            other.createApp("shop");
            SampleRepository.create()
                    .write("index.html", "version 1\n")
                    .commit("One")
                    .push(other, "shop");
            other.awaitVisit("shop", "200 version 1");
            String installation = other.installation();
            assertThat(engine(installation)).hasSize(3);
            other.slipway("down", "--apps");
            assertThat(engine(installation)).isEmpty();
            other.repair();
            other.awaitVisit("shop", "200 version 1");
            JsonNode release = other.get("/api/v1/apps/shop/releases/1");
            assertThat(release.path("state").asString()).isEqualTo("LIVE");
        }
    }

    /// Containers, networks and images of an installation.
    private static List<String> engine(String installation) {
        String label = "label=dev.slipway.installation=" + installation;
        return List.of(
                        List.of("docker", "ps", "--all", "--quiet", "--filter", label),
                        List.of("docker", "network", "ls", "--quiet", "--filter", label),
                        List.of("docker", "image", "ls", "--quiet", "--filter", label))
                .stream()
                .flatMap(command -> Command.run(platform.home(), Map.of(), command, Duration.ofSeconds(30))
                        .standardOutput()
                        .lines())
                .distinct()
                .toList();
    }
}
