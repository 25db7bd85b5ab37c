package dev.slipway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times of the same thing, done several times.
final class Samples {
    private final List<Duration> all = new ArrayList<>();

    void add(Duration time) {
        all.add(time);
    }

    double median() {
        List<Duration> sorted = all.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double upper = seconds(sorted.get(middle));
        return sorted.size() % 2 == 1 ? upper : (upper + seconds(sorted.get(middle - 1))) / 2;
    }

    private double least() {
        return all.stream().mapToDouble(Samples::seconds).min().orElseThrow();
    }

    private double most() {
        return all.stream().mapToDouble(Samples::seconds).max().orElseThrow();
    }

    /// Median, and the span in brackets.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6.2f s  (%.2f … %.2f)", median(), least(), most());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
