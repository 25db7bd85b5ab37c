package dev.slipway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times of the same thing, done several times. Thread-safe.
final class Samples {
    private final List<Duration> all = new ArrayList<>();

    synchronized void add(Duration time) {
        all.add(time);
    }

    void addAll(Samples others) {
        others.sorted().forEach(this::add);
    }

    private synchronized List<Duration> sorted() {
        return all.stream().sorted().toList();
    }

    /// In seconds; `part` of all were no longer, 0 < `part` ≤ 1.
    double percentile(double part) {
        List<Duration> sorted = sorted();
        return seconds(sorted.get((int) Math.ceil(part * sorted.size()) - 1));
    }

    double median() {
        List<Duration> sorted = sorted();
        int middle = sorted.size() / 2;
        double upper = seconds(sorted.get(middle));
        return sorted.size() % 2 == 1 ? upper : (upper + seconds(sorted.get(middle - 1))) / 2;
    }

    private double least() {
        return seconds(sorted().getFirst());
    }

    private double most() {
        return seconds(sorted().getLast());
    }

    /// Median, and the span in brackets.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6.2f s  (%.2f … %.2f)", median(), least(), most());
    }

    /// As latencies of requests.
    String latencies() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms",
                percentile(0.5) * 1000,
                percentile(0.99) * 1000,
                percentile(0.999) * 1000);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
