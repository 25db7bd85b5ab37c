package dev.slipway.ui.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.BuildStep.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepRowTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            [2/6] COPY . .,                        DONE,    3,     true
            [build 2/6] RUN make,                  CACHED,  0,     true
            [internal] load build context,         DONE,    40,    false
            [internal] load build context,         DONE,    1000,  true
            [auth] library/node:pull,              DONE,    210,   false
            [internal] load metadata for node:20,  FAILED,  80,    true
            exporting to image,                    DONE,    90,    false
            exporting to image,                    RUNNING, -,     true
            """)
    void whatBuildKitDoesForItselfIsOnlyToldWhenItTakesLongOrFails(
            String name, State state, @Nullable Long millis, boolean told) {
        assertThat(StepRow.isWorthTelling(new BuildStep(1, name, state, Instant.EPOCH, millis)))
                .isEqualTo(told);
    }

    @Test
    void aNameIsShownWhole() {
        String name = "[4/6] RUN printf 'a\\n'\n  && make";
        StepRow row = new StepRow(new BuildStep(4, name, State.DONE, Instant.EPOCH, 1_500L));
        assertThat(row.getElement().getTextRecursively()).contains(name);
    }
}
