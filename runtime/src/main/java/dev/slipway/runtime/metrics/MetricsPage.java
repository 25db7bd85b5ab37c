package dev.slipway.runtime.metrics;

import dev.slipway.runtime.router.Latencies;
import dev.slipway.runtime.router.Traffic;
import java.time.Instant;
import java.util.List;

/// What was measured of an app, as it is told.
///
/// @param stepSeconds how long each point is; without points in between, nothing ran
record MetricsPage(int stepSeconds, List<Point> points) {
    private static final double HALF = 0.5;
    private static final double MOST = 0.95;
    private static final double NEARLY_ALL = 0.99;
    private static final double MICROS = 1_000;

    /// @param requests how many there were; then how many of them were answered with which class of status
    /// @param p50Millis what half of them took at most, and so on; 0 without requests
    /// @param starts how many instances were started
    record Point(
            Instant at,
            int requests,
            int success,
            int redirects,
            int clientErrors,
            int serverErrors,
            int aborted,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            int starts,
            List<Use> instances) {}

    /// @param cpu how many CPUs it used on average
    record Use(String id, double cpu, long memoryBytes, long limitBytes) {}

    static MetricsPage of(int stepSeconds, List<Slot> slots) {
        return new MetricsPage(
                stepSeconds, slots.stream().map(MetricsPage::point).toList());
    }

    private static Point point(Slot slot) {
        int[] classes = slot.traffic().classes();
        int[] latencies = slot.traffic().latencies();
        return new Point(
                slot.at(),
                slot.requests(),
                classes[1] + classes[2],
                classes[3],
                classes[4],
                classes[5],
                classes[Traffic.ABORTED],
                millis(latencies, HALF),
                millis(latencies, MOST),
                millis(latencies, NEARLY_ALL),
                slot.starts(),
                slot.instances().stream()
                        .map(use -> new Use(
                                use.id(),
                                Math.round(use.cpuMillis() / (double) slot.seconds()) / MICROS,
                                use.memoryBytes(),
                                use.limitBytes()))
                        .toList());
    }

    private static double millis(int[] latencies, double part) {
        return Math.round(Latencies.percentile(latencies, part)) / MICROS;
    }
}
