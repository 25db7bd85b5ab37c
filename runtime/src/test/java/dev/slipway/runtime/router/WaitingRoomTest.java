package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private final List<String> called = new ArrayList<>();

    @Test
    void whoCameFirstIsCalledFirst() {
        WaitingRoom room = new WaitingRoom(HoldSettings.DEFAULT);
        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(room.enter("shop", () -> called.add(name))).isPresent();
        }
        assertThat(room.enter("blog", () -> called.add("other"))).isPresent();
        room.call("shop");
        assertThat(called).containsExactly("a", "b", "c", "d");
        room.call("shop");
        assertThat(called).hasSize(4);
        assertThat(room.waiting("blog")).isEqualTo(1);
        assertThat(room.awaited()).containsExactly("blog");
    }

    @Test
    void whoLeavesIsntCalledAndMakesRoom() {
        WaitingRoom room = new WaitingRoom(new HoldSettings(Duration.ofSeconds(1), 2, 3));
        WaitingRoom.Place first = room.enter("shop", () -> called.add("first")).orElseThrow();
        assertThat(room.enter("shop", () -> called.add("second"))).isPresent();
        assertThat(room.enter("shop", () -> {})).isEmpty();
        assertThat(first.leave()).isTrue();
        assertThat(first.leave()).isFalse();
        assertThat(room.enter("shop", () -> called.add("third"))).isPresent();
        assertThat(room.enter("blog", () -> {})).isPresent();
        assertThat(room.enter("blog", () -> {})).isEmpty();
        room.call("shop");
        assertThat(called).containsExactly("second", "third");
        assertThat(room.enter("blog", () -> {})).isPresent();
    }

    @Test
    void withoutTimeNobodyWaits() {
        assertThat(new WaitingRoom(new HoldSettings(Duration.ZERO, 2, 3)).enter("shop", () -> {}))
                .isEmpty();
    }

    @Test
    void aRouteThatChangesWhileARequestEntersIsSeen() {
        Routes routes = new Routes();
        routes.put(new AppRoute("shop", AppRoute.Status.LIVE, List.of()));
        routes.await("shop", () -> called.add("at once"));
        assertThat(called).containsExactly("at once");
        assertThat(routes.waiting("shop")).isZero();
    }
}
