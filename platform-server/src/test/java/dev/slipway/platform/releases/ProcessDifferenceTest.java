package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseCommand;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessDifferenceTest {
    private static final Map<?, ?> USUAL = ProcessDifference.tree(ProcessSpec.DEFAULT);

    static List<String> components() {
        return Arrays.stream(ProcessSpec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    @Test
    void equalSpecsHaveNoDifference() {
        assertThat(ProcessDifference.between(Processes.DEFAULT, Processes.DEFAULT))
                .isEmpty();
    }

    /// Whoever adds a component to the spec needn't think of comparisons.
    @ParameterizedTest
    @MethodSource("components")
    void aDifferenceInAnyComponentIsFound(String component) {
        assertThat(USUAL.keySet().stream().map(String::valueOf)).contains(component);
        Map<String, Object> changed = new LinkedHashMap<>();
        USUAL.forEach((name, value) -> changed.put(String.valueOf(name), value));
        changed.put(component, component.equals("command") ? List.of("serve") : 4711);
        assertThat(ProcessDifference.between(USUAL, changed))
                .singleElement()
                .satisfies(change -> assertThat(change.from()).isNotEqualTo(change.to()));
        assertThat(ProcessDifference.between(changed, USUAL)).hasSize(1);
    }

    @Test
    void knownFieldsAreSaidInWords() {
        ProcessSpec other = new ProcessSpec(3000, "/up", 1024, 1500, 512, 60, 30);
        assertThat(ProcessDifference.between(Processes.DEFAULT, Processes.of(other)))
                .containsExactlyInAnyOrder(
                        new Comparison.Change("Port", "the image's", "3000"),
                        new Comparison.Change("Health check", "TCP", "HTTP /up"),
                        new Comparison.Change("Memory", "512 MiB", "1024 MiB"),
                        new Comparison.Change("CPU", "1.0 CPUs", "1.5 CPUs"));
    }

    @Test
    void healthChecksAreComparedWithWhatIsUsual() {
        HealthCheck check = new HealthCheck("shop.example", List.of("bin/up", "a b"), 20, 2, 4);
        ProcessSpec other = new ProcessSpec(null, null, 512, 1000, 512, 60, 30, null, null, null, check);
        assertThat(ProcessDifference.between(Processes.DEFAULT, Processes.of(other)))
                .containsExactlyInAnyOrder(
                        new Comparison.Change("Health check host", "the app's", "shop.example"),
                        new Comparison.Change("Health check command", "none", "bin/up 'a b'"),
                        new Comparison.Change("Health check interval", "10 s", "20 s"),
                        new Comparison.Change("Health check time limit", "5 s", "2 s"),
                        new Comparison.Change("Failed health checks in a row", "3", "4"));
    }

    @Test
    void typesAreComparedByNameAndTheReleaseCommandToo() {
        ProcessSpec small =
                new ProcessSpec(null, null, 64, 1000, 512, 60, 30, List.of("work", "a b"), null, null, null);
        ProcessSpec large = new ProcessSpec(null, null, 128, 1000, 512, 60, 30, List.of("work"), null, 1, null);
        Processes before =
                new Processes(ProcessSpec.DEFAULT, new TreeMap<>(Map.of("mail", small, "worker", small)), null);
        Processes after = new Processes(
                ProcessSpec.DEFAULT,
                new TreeMap<>(Map.of("clock", ProcessSpec.DEFAULT, "worker", large)),
                new ReleaseCommand(List.of("migrate"), 60));
        assertThat(ProcessDifference.between(before, after))
                .containsExactlyInAnyOrder(
                        new Comparison.Change("Process type clock", "not there", "the image's command"),
                        new Comparison.Change("Process type mail", "work 'a b'", "not there"),
                        new Comparison.Change("worker › command", "work 'a b'", "work"),
                        new Comparison.Change("worker › memory", "64 MiB", "128 MiB"),
                        new Comparison.Change("worker › time to be up", "5 s", "1 s"),
                        new Comparison.Change("Release command", "none", "migrate"));
        Processes longer =
                new Processes(ProcessSpec.DEFAULT, after.others(), new ReleaseCommand(List.of("migrate"), 90));
        assertThat(ProcessDifference.between(after, longer))
                .containsExactly(new Comparison.Change("release › time limit", "60 s", "90 s"));
    }

    @Test
    void whatIsNestedIsComparedToItsLeaves() {
        Map<?, ?> before = Map.of("types", Map.of("web", Map.of("command", List.of("serve")), "cron", Map.of()));
        Map<?, ?> after = Map.of(
                "types",
                Map.of(
                        "web", Map.of("command", List.of("serve", "-v")),
                        "worker", Map.of("stopSignal", "SIGQUIT", "ports", List.of(Map.of("n", 1)))));
        assertThat(ProcessDifference.between(before, after))
                .containsExactlyInAnyOrder(
                        new Comparison.Change("Types › web › command", "[\"serve\"]", "[\"serve\",\"-v\"]"),
                        new Comparison.Change("Types › cron", "there", "not set"),
                        new Comparison.Change("Types › worker › stop signal", "not set", "SIGQUIT"),
                        new Comparison.Change("Types › worker › ports › 1 › n", "not set", "1"));
    }
}
