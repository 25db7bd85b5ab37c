package dev.slipway.worker.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.builds.BuildStep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildOutputTest {
    @Test
    void theLogHasEachStepsOutputBelowItsNameAsATerminalWouldShowIt() {
        assertThat(CapturedOutput.load("colours").seen(Map.of()).log)
                .containsExactly(
                        "[1/3] COPY busybox /bin/busybox (cached)",
                        "[2/3] RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"] (cached)",
                        "[3/3] RUN printf '10%%\\r50%%\\r100%%\\n'; printf '\\033[31mred\\033[0m \\033[2Kcleared\\n'; echo; echo last",
                        "100%",
                        "\u001B[31mred\u001B[0m cleared",
                        "",
                        "last");
    }

    @Test
    void everythingBuildKitDoesIsAStep() {
        assertThat(CapturedOutput.load("failing-run").seen(Map.of()).steps)
                .containsExactly(
                        Map.entry("[internal] load remote build context", BuildStep.State.DONE),
                        Map.entry("[internal] unpack build context", BuildStep.State.DONE),
                        Map.entry("[1/3] COPY busybox /bin/busybox", BuildStep.State.CACHED),
                        Map.entry(
                                "[2/3] RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]",
                                BuildStep.State.CACHED),
                        Map.entry(
                                "[3/3] RUN echo one &&     echo two &&     sh -c \"exit 7\"", BuildStep.State.FAILED));
    }

    @Test
    void anErrorStandsOnceInTheLog() {
        assertThat(CapturedOutput.load("failing-run").seen(Map.of()).log)
                .endsWith(
                        "one",
                        "two",
                        "ERROR: executor failed running [/bin/sh -c echo one &&     echo two &&     sh -c \"exit 7\"]: exit code: 7");
        assertThat(CapturedOutput.load("syntax-error").seen(Map.of()).log)
                .containsExactly(
                        "failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 4: unknown instruction: RUNX");
    }

    @Test
    void stepsThatTakeTurnsShowTheirNamesAgain() {
        CapturedOutput twoAtATime = new CapturedOutput(
                "",
                List.of(
                        "#7 [a 1/1] RUN a",
                        "#7 0.1 a1",
                        "#7 ...",
                        "",
                        "#8 [b 1/1] RUN b",
                        "#8 0.2 b1",
                        "#8 DONE 0.3s",
                        "",
                        "#7 [a 1/1] RUN a",
                        "#7 0.4 a2",
                        "#7 DONE 0.5s"));
        assertThat(twoAtATime.seen(Map.of()).log)
                .containsExactly("[a 1/1] RUN a", "a1", "[b 1/1] RUN b", "b1", "[a 1/1] RUN a", "a2");
    }

    @Test
    void whatStillRunsWhenTheBuildEndsIsCancelled() {
        CapturedOutput cut = new CapturedOutput("", List.of("#7 [1/1] RUN sleep 60", "#7 0.1 zzz"));
        assertThat(cut.seen(Map.of()).steps)
                .containsExactly(Map.entry("[1/1] RUN sleep 60", BuildStep.State.CANCELLED));
    }

    @Test
    void aCommandCannotPretendToBeBuildKit() {
        CapturedOutput sly = new CapturedOutput(
                "",
                List.of(
                        "#7 [1/1] RUN sly",
                        "#7 0.1 #7 ERROR: nothing",
                        "#7 0.1 ------",
                        "#7 0.1 #9 [1/1] RUN fake",
                        "#7 DONE 0.1s"));
        CapturedOutput.Seen seen = sly.seen(Map.of());
        assertThat(seen.steps).containsExactly(Map.entry("[1/1] RUN sly", BuildStep.State.DONE));
        assertThat(seen.log).containsExactly("[1/1] RUN sly", "#7 ERROR: nothing", "------", "#9 [1/1] RUN fake");
    }

    @Test
    void secretsAreHiddenInNamesOutputAndErrors() {
        CapturedOutput leaky = new CapturedOutput(
                "",
                List.of(
                        "#7 [1/1] RUN curl -H hunter22 https://ada:pw@example.com/x",
                        "#7 0.1 got hunter22",
                        "#7 ERROR: exit code: 1 hunter22",
                        "failed hunter22"));
        CapturedOutput.Seen seen = leaky.seen(Map.of("API_TOKEN", "hunter22", "LEVEL", "https"));
        assertThat(seen.log + "" + seen.steps + seen.output.failedStep() + seen.output.remarks())
                .doesNotContain("hunter22")
                .doesNotContain("ada:pw")
                .contains("https://***@example.com/x");
    }
}
