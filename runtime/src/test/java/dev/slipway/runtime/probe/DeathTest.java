package dev.slipway.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.ReleaseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeathTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            code | oom   | memory | processes | reason        | says
            1    | false | 0      | 0         | EXITED        | It exited with code 1.
            0    | false | 0      | 0         | EXITED        | code 0, although a web app should keep running
            127  | false | 0      | 0         | EXITED        | command not found
            137  | false | 0      | 0         | EXITED        | killed from outside
            143  | false | 0      | 0         | EXITED        | ended by SIGTERM
            137  | true  | 0      | 0         | OUT_OF_MEMORY | It was killed because it needed more memory than its limit of 64 MiB
            0    | true  | 0      | 0         | OUT_OF_MEMORY | One of its processes was killed
            0    | true  | 0      | 0         | OUT_OF_MEMORY | then it exited with code 0
            137  | false | 1      | 0         | OUT_OF_MEMORY | It was killed because it needed more memory
            2    | false | 1      | 3         | OUT_OF_MEMORY | then it exited with code 2
            2    | false | 0      | 3         | PROCESS_LIMIT | code 2 after it had reached its limit of 32 processes
            0    | false | 0      | 3         | EXITED        | code 0
            """, useHeadersInDisplayName = true)
    void eachEndIsExplained(int code, boolean oom, int memory, int processes, ReleaseReason reason, String says) {
        ProcessSpec process = new ProcessSpec(null, null, 64, 500, 32, 60, 5);
        Death death = new Death(code, oom, new LimitsHit(memory, processes), process, "a web app");
        assertThat(death.diagnosis().reason()).isEqualTo(reason);
        assertThat(death.diagnosis().message()).contains(says);
    }
}
