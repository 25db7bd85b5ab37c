package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PlacesTest {
    private final Places places = new Places(2);
    private final Ringer ringer = new Ringer();

    private static Run run(long id, long app, Run.Kind kind) {
        return new Run(
                id,
                app,
                1,
                kind,
                List.of("report"),
                60,
                RunState.QUEUED,
                null,
                null,
                null,
                "ada",
                Instant.EPOCH,
                null,
                null);
    }

    private boolean take(long id, long app) {
        return places.take(run(id, app, Run.Kind.ONE_OFF), ringer);
    }

    @Test
    void overAllAppsOnlySoManyRunAndWhoWaitsIsRungWhenOneEnds() throws Exception {
        assertThat(take(1, 1)).isTrue();
        assertThat(take(2, 2)).isTrue();
        assertThat(take(3, 3)).isFalse();
        places.hold(1, Set.of(1L));
        assertThat(take(3, 3)).isFalse();
        places.hold(1, Set.of());
        ringer.await();
        assertThat(take(3, 3)).isTrue();
        assertThat(take(4, 1)).isFalse();
    }

    @Test
    void theLastPlaceIsForAnAppThatHasNone() throws Exception {
        assertThat(take(1, 1)).isTrue();
        assertThat(take(2, 1)).isFalse();
        assertThat(take(3, 2)).isTrue();
        places.hold(2, Set.of(3L));
        places.hold(1, Set.of());
        ringer.await();
        assertThat(take(2, 1)).isTrue();
    }

    @Test
    void theOnlyPlaceIsForWhoComesFirst() {
        Places one = new Places(1);
        assertThat(one.take(run(1, 1, Run.Kind.ONE_OFF), ringer)).isTrue();
        assertThat(one.take(run(2, 1, Run.Kind.ONE_OFF), ringer)).isFalse();
    }

    @Test
    void whatRanBeforeARestartHasItsPlace() {
        places.hold(1, Set.of(1L, 2L, 3L));
        assertThat(take(4, 2)).isFalse();
        places.hold(1, Set.of(3L));
        assertThat(take(4, 2)).isTrue();
    }

    @Test
    void releaseCommandsNeedNone() {
        places.hold(1, Set.of(1L, 2L));
        assertThat(places.take(run(3, 1, Run.Kind.RELEASE), ringer)).isTrue();
        places.hold(1, Set.of(1L));
        assertThat(take(4, 2)).isTrue();
    }
}
