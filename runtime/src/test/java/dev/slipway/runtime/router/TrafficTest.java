package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final Traffic traffic = new Traffic();

    @Test
    void requestsAreCountedOnceByTheClassOfTheirAnswer() {
        traffic.answered("shop", 200, 5_000_000);
        traffic.answered("shop", 204, 5_000_000);
        traffic.answered("shop", 503, 1_000);
        traffic.answered("shop", 0, 1_000);
        traffic.answered("shop", 101, 60_000_000_000L);
        Traffic.Counts counts = Objects.requireNonNull(traffic.drain().get("shop"));
        assertThat(counts.classes()).containsExactly(1, 1, 2, 0, 0, 1);
        assertThat(IntStream.of(counts.latencies()).sum()).isEqualTo(4);
        assertThat(counts.latencies()[Latencies.bucket(5_000)]).isEqualTo(2);
        assertThat(traffic.drain()).isEmpty();
    }

    @RepeatedTest(20) // what was lost was lost only now and then, in the first moments of an app
    void manyThreadsLoseNothing() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(n -> Thread.ofPlatform()
                        .start(() -> IntStream.range(0, 50_000).forEach(i -> traffic.answered("shop", 200, i))))
                .toList();
        int sum = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            sum += count(traffic.drain());
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sum + count(traffic.drain())).isEqualTo(200_000);
    }

    @Test
    void bothTogetherAreEachOnesSumAndLeaveEachAsItWas() {
        traffic.answered("shop", 200, 5_000_000);
        Traffic.Counts one = Objects.requireNonNull(traffic.drain().get("shop"));
        Traffic.Counts two = one.plus(one);
        assertThat(two.requests()).isEqualTo(2);
        assertThat(two.latencies()[Latencies.bucket(5_000)]).isEqualTo(2);
        assertThat(one.requests()).isEqualTo(1);
        assertThat(Traffic.Counts.NONE.plus(one)).isSameAs(one);
        assertThat(one.plus(Traffic.Counts.NONE)).isSameAs(one);
        assertThat(Traffic.Counts.NONE.requests()).isZero();
    }

    private static int count(Map<String, Traffic.Counts> drained) {
        return drained.values().stream()
                .mapToInt(counts -> IntStream.of(counts.classes()).sum())
                .sum();
    }
}
