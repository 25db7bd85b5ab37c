package dev.slipway.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.router.Latencies;
import dev.slipway.runtime.router.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppMetricsTest {
    /// A Monday's midnight, so that all resolutions begin there.
    private static final long MIDNIGHT = 1_795_392_000;

    @TempDir
    private Path directory;

    private static Slot slot(long begin, int requests) {
        int[] classes = {0, 0, requests, 0, 0, 0};
        int[] latencies = new int[Latencies.BUCKETS];
        latencies[Latencies.bucket(2_000)] = requests;
        return new Slot(
                begin,
                10,
                new Traffic.Counts(classes, latencies),
                0,
                List.of(new Slot.Instance("shop-1-abc", 5_000, begin - MIDNIGHT, 1 << 20)));
    }

    private AppMetrics fill(long from, long to) throws IOException {
        AppMetrics metrics = new AppMetrics(directory);
        for (long second = from; second < to; second += 10) {
            metrics.add(slot(MIDNIGHT + second, 10));
        }
        return metrics;
    }

    @Test
    void eachRangeHasItsResolutionAndAllRequests() throws IOException {
        try (AppMetrics metrics = fill(0, 3_600)) {
            long now = MIDNIGHT + 3_600;
            for (Range range : Range.values()) {
                List<Slot> slots = metrics.read(range, now);
                assertThat(slots).as("%s", range).hasSize(3_600 / range.step());
                assertThat(slots.stream().mapToInt(Slot::requests).sum()).isEqualTo(3_600);
                Slot last = slots.getLast();
                assertThat(last.instances().getFirst().cpuMillis()).isEqualTo(500L * range.step());
                assertThat(last.instances().getFirst().memoryBytes()).isEqualTo(3_590);
                assertThat(Latencies.percentile(last.traffic().latencies(), 0.99))
                        .isBetween(1_940.0, 2_060.0);
            }
        }
    }

    @Test
    void aBusyAppsWeekIsWhole() throws IOException {
        int[] classes = {0, 0, 200, 0, 0, 0};
        int[] latencies = new int[Latencies.BUCKETS];
        java.util.Arrays.fill(latencies, 0, 200, 1);
        Traffic.Counts busy = new Traffic.Counts(classes, latencies);
        long week = Range.WEEK.length().toSeconds();
        try (AppMetrics metrics = new AppMetrics(directory)) {
            for (long second = 0; second < week; second += 60) {
                metrics.add(new Slot(MIDNIGHT + second, 10, busy, 0, List.of()));
            }
            for (Range range : Range.values()) {
                assertThat(metrics.read(range, MIDNIGHT + week).stream()
                                .mapToInt(Slot::requests)
                                .sum())
                        .as("%s", range)
                        .isEqualTo(200 * (int) range.length().toMinutes());
            }
        }
    }

    @Test
    void aPlannedRestartAtAnyMomentLosesNothing() throws IOException {
        for (long second = 0; second < 4_000; second += 370) {
            fill(second, second + 370).close();
        }
        assertThat(kept()).isEqualTo(11 * 370);
    }

    @Test
    void aCrashAtAnyMomentLosesAtMostTheOpenTenSeconds() throws IOException {
        for (long second = 0; second < 4_000; second += 370) {
            assertThat(fill(second, second + 370)).as("never closed").isNotNull();
        }
        assertThat(kept()).isBetween(11 * 370 - 10 * 12, 11 * 370);
    }

    private int kept() throws IOException {
        try (AppMetrics metrics = new AppMetrics(directory)) {
            return metrics.read(Range.WEEK, MIDNIGHT + 11 * 370).stream()
                    .mapToInt(Slot::requests)
                    .sum();
        }
    }

    @Test
    void whatIsTooOldIsntShownAndTimesWithoutAnythingHaveNoSlots() throws IOException {
        try (AppMetrics metrics = fill(0, 60)) {
            metrics.add(slot(MIDNIGHT + 7_200, 1));
            assertThat(metrics.read(Range.HOUR, MIDNIGHT + 7_210)).hasSize(1);
            assertThat(metrics.read(Range.SIX_HOURS, MIDNIGHT + 7_210)).hasSize(2);
            assertThat(metrics.read(Range.WEEK, MIDNIGHT + 8 * 86_400)).isEmpty();
        }
    }

    @Test
    void aSlotsBytesAreItAgain() {
        Slot slot = slot(MIDNIGHT, 7);
        byte[] bytes = slot.bytes();
        assertThat(Slot.read(bytes, 0, bytes.length)).usingRecursiveComparison().isEqualTo(slot);
    }
}
