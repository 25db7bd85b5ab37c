package dev.slipway.worker.slipwayfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Json;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessFile;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlipwayFileTest {
    private static final String WHOLE = """
                                        # how shop runs
                                        processes:
                                          web:
                                            command: node server.js --greeting "good morning"
                                            port: 3000
                                            healthPath: /up
                                            instances: 2
                                            startSeconds: 30
                                            health:
                                              host: shop.internal
                                              intervalSeconds: 20
                                              timeoutSeconds: 2
                                              failures: 5
                                          worker:
                                            command: [bin/work, --queue, "7", true, on]
                                            instances: 3
                                            memoryMb: 128
                                            cpuMillis: 250
                                            pids: 64
                                            drainSeconds: 120
                                            stopSignal: SIGQUIT
                                            upSeconds: 3
                                            health: {command: bin/well --soon}
                                          clock:
                                        release:
                                          command: bin/migrate up
                                          timeoutSeconds: 1800
                                        """;

    @Test
    void whatItSaysIsReadAndStoredAndReadAgain() throws InvalidFile {
        ProcessFile file = SlipwayFile.read(WHOLE);
        assertThat(file.processes().keySet()).containsExactly("clock", "web", "worker");
        assertThat(file.instances("worker")).isEqualTo(3);
        assertThat(file.instances("web")).isEqualTo(2);
        assertThat(file.instances("clock")).isEqualTo(1);
        assertThat(file.over(Processes.DEFAULT))
                .isEqualTo(new Processes(
                        new ProcessSpec(
                                3000,
                                "/up",
                                512,
                                1000,
                                512,
                                30,
                                30,
                                List.of("node", "server.js", "--greeting", "good morning"),
                                null,
                                null,
                                new HealthCheck("shop.internal", null, 20, 2, 5)),
                        new TreeMap<>(Map.of(
                                "clock",
                                ProcessSpec.DEFAULT,
                                "worker",
                                new ProcessSpec(
                                        null,
                                        null,
                                        128,
                                        250,
                                        64,
                                        60,
                                        120,
                                        List.of("bin/work", "--queue", "7", "true", "on"),
                                        "SIGQUIT",
                                        3,
                                        new HealthCheck(null, List.of("bin/well", "--soon"), null, null, null)))),
                        new ReleaseCommand(List.of("bin/migrate", "up"), 1800)));
        assertThat(Json.read(Json.write(file), ProcessFile.class)).isEqualTo(file);
    }

    @Test
    void itGoesBeforeTheAppsSettingsFieldByField() throws InvalidFile {
        ProcessSpec large = new ProcessSpec(
                null,
                "/ok",
                2048,
                2000,
                512,
                60,
                30,
                List.of("old"),
                "SIGINT",
                null,
                new HealthCheck("shop.internal", List.of("well"), 20, 2, 5));
        Processes settings = new Processes(
                large,
                new TreeMap<>(Map.of("worker", large, "mailer", large)),
                new ReleaseCommand(List.of("old", "migrate"), 90));
        Processes all = SlipwayFile.read("""
                                         processes:
                                           worker: {command: new, memoryMb: 64, health: {failures: 7}}
                                         release: {command: new migrate}
                                         """).over(settings);
        assertThat(all.web()).isEqualTo(large);
        assertThat(all.others().get("mailer")).isEqualTo(large);
        assertThat(all.others().get("worker"))
                .isEqualTo(new ProcessSpec(
                        null,
                        "/ok",
                        64,
                        2000,
                        512,
                        60,
                        30,
                        List.of("new"),
                        "SIGINT",
                        null,
                        new HealthCheck("shop.internal", List.of("well"), 20, 2, 7)));
        assertThat(all.release()).isEqualTo(new ReleaseCommand(List.of("new", "migrate"), 90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "---\n", "processes:\n", "processes: {}\nrelease:\n"})
    void aFileThatSaysNothingChangesNothing(String text) throws InvalidFile {
        assertThat(SlipwayFile.read(text).over(Processes.DEFAULT)).isEqualTo(Processes.DEFAULT);
    }

    static Stream<Arguments> broken() {
        String types =
                IntStream.rangeClosed(1, 21).mapToObj(i -> "  t" + i + ":\n").collect(Collectors.joining());
        return Stream.of(
                Arguments.of("web: node", "line 1: \"web\" isn't known here; allowed: processes, release."),
                Arguments.of(
                        "processes:\n  web:\n    memory: 5", "line 3: \"memory\" isn't known here; allowed: command, "),
                Arguments.of("processes:\n  worker:\n    port: 80", "line 3: \"port\" isn't known here"),
                Arguments.of("processes:\n  web:\n    upSeconds: 8", "line 3: \"upSeconds\" isn't known here"),
                Arguments.of("processes:\n  Worker: {}", "line 2: \"Worker\" can't be the name of a process type"),
                Arguments.of("processes:\n  release: {}", "line 2: \"release\" can't be the name"),
                Arguments.of("processes:\n" + types, "at most 20 other process types"),
                Arguments.of("processes:\n  web:\n    port: 3000\n    memoryMb: 4", "line 4: Memory must be between"),
                Arguments.of("processes:\n  web:\n    port: '80'", "line 3: port must be a whole number."),
                Arguments.of("processes:\n  web:\n    port: 99999999999", "line 3: port is too large."),
                Arguments.of("processes:\n  web:\n    port: 1.5", "line 3: port must be a whole number."),
                Arguments.of("processes:\n  web:\n    instances: 101", "must be between 0 and 100"),
                Arguments.of("processes:\n  web:\n    healthPath: 5", "line 3: healthPath must be text"),
                Arguments.of("processes:\n  w:\n    health: 5", "line 3: health must be lines of the form"),
                Arguments.of(
                        "processes:\n  w:\n    health:\n      path: /",
                        "line 4: \"path\" isn't known here; allowed: host"),
                Arguments.of(
                        "processes:\n  w:\n    health:\n      failures: 3\n      timeoutSeconds: 61",
                        "line 5: The health check's time limit must be between 1 s and 60 s."),
                Arguments.of("processes:\n  w:\n    stopSignal: SIGKILL", "line 3: The stop signal must be one of"),
                Arguments.of("processes:\n  w:\n    command: []", "line 3: A command needs at least a program"),
                Arguments.of(
                        "processes:\n  w:\n    command: \"sh -c 'x\"", "line 3: command: The quote ' isn't closed."),
                Arguments.of("processes:\n  w:\n    command: [a, [b]]", "line 3: the words of command must be text."),
                Arguments.of("processes:\n  w:\n    command: {a: b}", "line 3: command must be text"),
                Arguments.of("processes:\n  w: 5", "line 2: w must be lines of the form \"name: value\"."),
                Arguments.of("processes:\n  w: {}\n  w: {}", "line 3: \"w\" stands in line 2 already."),
                Arguments.of("release:\n  timeoutSeconds: 5", "line 1: release needs a command."),
                Arguments.of("release:\n  command: x\n  timeoutSeconds: 0", "line 3: The release command's time limit"),
                Arguments.of("- a\n- b", "line 1: the file must be lines of the form"),
                Arguments.of("processes:\n\tweb: {}", "line 2: this isn't YAML"),
                Arguments.of("a: 1\n---\nb: 2", "this isn't YAML"),
                Arguments.of("processes: *x", "this isn't YAML"),
                Arguments.of("a: " + "[".repeat(60_000), "line 1: this is nested too deeply."),
                Arguments.of("#".repeat(70_000), "is too large: at most 64 KiB."),
                Arguments.of(
                        "processes: !!javax.script.ScriptEngineManager [1]", "processes must be lines of the form"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsWrongIsToldWithItsLineAndWhatIsAllowed(String text, String problem) {
        assertThatThrownBy(() -> SlipwayFile.read(text))
                .isInstanceOf(InvalidFile.class)
                .hasMessageStartingWith("slipway.yml")
                .hasMessageContaining(problem);
    }
}
