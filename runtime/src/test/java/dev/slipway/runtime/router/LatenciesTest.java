package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void everyTimeIsInTheBucketThatEndsBehindIt() {
        for (long micros = 0; micros < 1L << 27; micros += 1 + micros / 50) {
            int bucket = Latencies.bucket(micros);
            assertThat(bucket).isBetween(0, Latencies.BUCKETS - 1);
            assertThat(Latencies.end(bucket)).isGreaterThan(micros);
            assertThat(bucket == 0 ? 0 : Latencies.end(bucket - 1)).isLessThanOrEqualTo(micros);
        }
    }

    @Test
    void whatIsTooLongIsInTheLastBucket() {
        assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(Latencies.BUCKETS - 1);
        assertThat(Latencies.bucket(-1)).isZero();
    }

    @Test
    void percentilesAreAtMostThreePercentOff() {
        Random random = new Random(4711);
        long[] times = random.longs(10_000, 50, 3_000_000).sorted().toArray();
        int[] counts = new int[Latencies.BUCKETS];
        Arrays.stream(times).forEach(micros -> counts[Latencies.bucket(micros)]++);
        for (double part : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            double exact = times[(int) Math.ceil(part * times.length) - 1];
            assertThat(Latencies.percentile(counts, part)).isCloseTo(exact, within(exact * 0.032 + 1));
        }
        assertThat(Latencies.percentile(new int[Latencies.BUCKETS], 0.99)).isZero();
    }
}
