package dev.slipway.db.builds;

import static dev.slipway.db.builds.BuildState.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildStateTest {
    /// The table of ARCHITECTURE.md; what isn't in it can't happen.
    private static final Map<BuildState, Map<BuildState.Event, BuildState>> TABLE = Map.of(
            QUEUED, Map.of(Event.CLAIM, RUNNING, Event.CANCEL, CANCELLED, Event.SUPERSEDE, SUPERSEDED),
            RUNNING,
                    Map.of(
                            Event.SUCCEED,
                            SUCCEEDED,
                            Event.FAIL,
                            FAILED,
                            Event.ERROR,
                            ERRORED,
                            Event.RETRY,
                            QUEUED,
                            Event.CANCEL,
                            CANCELLED));

    @Test
    void everyTransitionIsInTheTableAndNoOther() {
        for (BuildState state : values()) {
            for (Event event : Event.values()) {
                assertThat(state.on(event))
                        .as("%s on %s", state, event)
                        .isEqualTo(Optional.ofNullable(
                                TABLE.getOrDefault(state, Map.of()).get(event)));
            }
        }
    }

    @Test
    void aFinalStateIsNeverLeft() {
        for (BuildState state : values()) {
            assertThat(state.isFinal()).isEqualTo(!TABLE.containsKey(state));
        }
    }
}
