package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallsTest {
    private final Stalls stalls = new Stalls(100 << 10);
    private final List<String> cutOff = new ArrayList<>();

    private Stalls.Transfer transfer(String name) {
        return () -> cutOff.add(name);
    }

    @Test
    void whoHasWaitedLongestMakesRoom() {
        Stalls.Transfer first = transfer("first");
        Stalls.Transfer second = transfer("second");
        stalls.begin(first, 40 << 10);
        stalls.begin(second, 40 << 10);
        stalls.end(first);
        stalls.begin(first, 40 << 10);
        stalls.begin(transfer("third"), 20 << 10);
        assertThat(cutOff).isEmpty();
        stalls.begin(transfer("fourth"), 20 << 10);
        assertThat(cutOff).containsExactly("second");
        stalls.begin(transfer("fifth"), 100 << 10);
        assertThat(cutOff).containsExactly("second", "first", "third", "fourth");
    }

    @Test
    void whoHoldsLittleIsLeftAlone() {
        for (int i = 0; i < 100; i++) {
            stalls.begin(transfer("little"), 2 << 10);
        }
        stalls.begin(transfer("much"), 80 << 10);
        stalls.begin(transfer("more"), 90 << 10);
        assertThat(cutOff).containsExactly("much");
    }

    @Test
    void whoEndsGivesBackWhatItHeld() {
        for (int i = 0; i < 3; i++) {
            Stalls.Transfer transfer = transfer("one after another");
            stalls.begin(transfer, 60 << 10);
            stalls.begin(transfer, 80 << 10);
            stalls.end(transfer);
            stalls.end(transfer);
        }
        assertThat(cutOff).isEmpty();
    }
}
