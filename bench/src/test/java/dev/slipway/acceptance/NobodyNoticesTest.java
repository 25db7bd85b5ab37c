package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Restarts, upgrades, crashes and rollbacks as an app's visitors see them: not at all.
class NobodyNoticesTest {
    private static TestPlatform platform;
    private static SampleRepository shop;

    @BeforeAll
    static void up() {
        platform = TestPlatform.start();
        platform.createApp("shop");
        shop = SampleRepository.create().write("index.html", "version 1\n").commit("One");
        shop.push(platform, "shop");
        platform.awaitVisit("shop", "200 version 1");
    }

    @AfterAll
    static void down() {
        platform.close();
    }

    @Test
    void plannedRestartsAndNewSettings() {
        try (Load load = Load.on(platform, "shop", 4)) {
            for (int i = 0; i < 3; i++) {
                long runtime = platform.pid("runtime");
                platform.slipway("restart", "runtime");
                assertThat(platform.pid("runtime")).isNotEqualTo(runtime);
            }
            long supervisor = platform.pid("supervisor");
            platform.repair(Map.of("SLIPWAY_WORKERS", "1"));
            assertThat(platform.slipway("status").lines()).noneMatch(line -> line.startsWith("w2 "));
            platform.slipway("restart");
            assertThat(platform.pid("supervisor")).isEqualTo(supervisor);
            long soFar = load.requests();
            Awaitility.await().until(() -> load.requests() > soFar + 100);
            assertThat(load.failures()).isEmpty();
        }
        platform.repair();
        assertThat(platform.slipway("doctor")).contains("All well.");
    }

    @Test
    void afterAKillOfTheFrontDoorConnectionsWait() throws IOException {
        long runtime = platform.pid("runtime");
        ProcessHandle.of(runtime).orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> ProcessHandle.of(runtime).isEmpty());
        try (Socket visitor = new Socket("127.0.0.1", platform.port())) {
            visitor.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + platform.host("shop") + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(visitor.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void goingBackWakesTheContainersOfTheReleaseBefore() {
        platform.createApp("diary");
        SampleRepository diary =
                SampleRepository.create().write("index.html", "old\n").commit("One");
        diary.push(platform, "diary");
        platform.awaitVisit("diary", "200 old");
        String old = containers("running").getFirst();
        diary.write("index.html", "new\n").commit("Two").push(platform, "diary");
        platform.awaitVisit("diary", "200 new");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> containers("paused"), List.of(old)::equals);
        try (Load load = Load.on(platform, "diary", 4)) {
            platform.post("/api/v1/apps/diary/releases/1/rollback", "");
            platform.awaitRelease("diary", 3, "LIVE");
            assertThat(platform.visit("diary")).isEqualTo("200 old");
            assertThat(containers("running")).contains(old);
            assertThat(load.failures()).isEmpty();
        }
    }

    /// Of the diary, in this state.
    private static List<String> containers(String state) {
        return Command.run(
                        platform.home(),
                        Map.of(),
                        List.of(
                                "docker",
                                "ps",
                                "--all",
                                "--quiet",
                                "--no-trunc",
                                "--filter",
                                "label=dev.slipway.installation=" + platform.installation(),
                                "--filter",
                                "status=" + state,
                                "--filter",
                                "name=-diary-"),
                        Duration.ofSeconds(30))
                .standardOutput()
                .lines()
                .toList();
    }
}
