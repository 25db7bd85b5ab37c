package dev.slipway.db.releases;

import static dev.slipway.db.releases.ReleaseState.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseStateTest {
    /// The table of ARCHITECTURE.md; what isn't in it can't happen.
    private static final Map<ReleaseState, Map<ReleaseState.Event, ReleaseState>> TABLE = Map.of(
            PENDING, Map.of(Event.START, STARTING, Event.CANCEL, CANCELLED),
            STARTING, Map.of(Event.GO_LIVE, LIVE, Event.FAIL, FAILED),
            LIVE, Map.of(Event.RETIRE, RETIRED));

    @Test
    void everyTransitionIsInTheTableAndNoOther() {
        for (ReleaseState state : values()) {
            for (Event event : Event.values()) {
                assertThat(state.on(event))
                        .as("%s on %s", state, event)
                        .isEqualTo(Optional.ofNullable(
                                TABLE.getOrDefault(state, Map.of()).get(event)));
            }
        }
    }
}
