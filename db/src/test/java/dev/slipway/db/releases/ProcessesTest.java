package dev.slipway.db.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Json;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessesTest {
    private static final ProcessSpec WORKER =
            new ProcessSpec(null, null, 256, 500, 64, 60, 10, List.of("bin/work", "-v"), "SIGQUIT", 2, null);

    @Test
    void whatIsStoredIsReadBack() {
        TreeMap<String, ProcessSpec> others = new TreeMap<>();
        others.put("worker", WORKER);
        Processes all =
                new Processes(ProcessSpec.DEFAULT, others, new ReleaseCommand(List.of("bin/migrate", "up now"), 30));
        assertThat(Processes.read(Json.write(all))).isEqualTo(all);
        assertThat(Processes.read(Json.write(Processes.DEFAULT))).isEqualTo(Processes.DEFAULT);
        assertThat(all.types().keySet()).containsExactly("web", "worker");
    }

    @Test
    void columnsFromBeforeProcessTypesAreWebsSpec() {
        String old = """
                     {"port": 8000, "healthPath": "/up", "memoryMb": 64, "cpuMillis": 500, "pids": 32,
                      "startSeconds": 20, "drainSeconds": 5}""";
        assertThat(Processes.read(old)).isEqualTo(Processes.of(new ProcessSpec(8000, "/up", 64, 500, 32, 20, 5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "w", "mail-out2", "a123456789012345678901234567-9"})
    void aTypesNameIsALabel(String name) {
        Processes.checkName(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "web", "release", "Worker", "2nd", "a_b", "a.b", "-a", "a1234567890123456789012345678901"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> Processes.checkName(name)).hasMessageContaining("can't be the name of a process type");
    }

    @Test
    void commandsAndSignalsAreChecked() {
        assertThatThrownBy(() -> withCommand()).hasMessageContaining("needs at least a program");
        assertThatThrownBy(() -> withCommand("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> withCommand("x".repeat(9000))).hasMessageContaining("8192 characters");
        assertThatThrownBy(() -> new ProcessSpec(null, null, 256, 500, 64, 60, 10, null, "SIGKILL", null, null))
                .hasMessageContaining("stop signal");
        assertThatThrownBy(() -> new ReleaseCommand(List.of("x"), 0)).hasMessageContaining("time limit");
    }

    private static ProcessSpec withCommand(String... words) {
        return new ProcessSpec(null, null, 256, 500, 64, 60, 10, Arrays.asList(words), null, null, null);
    }
}
