package dev.slipway.runtime.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// How far back somebody looks, and in which steps.
enum Range {
    HOUR("1h", Duration.ofHours(1), 10),
    SIX_HOURS("6h", Duration.ofHours(6), 60),
    DAY("24h", Duration.ofDays(1), 300),
    WEEK("7d", Duration.ofDays(7), 1_800);

    private final String word;
    private final Duration length;
    private final int step;

    Range(String word, Duration length, int step) {
        this.word = word;
        this.length = length;
        this.step = step;
    }

    static Optional<Range> parse(String word) {
        return Arrays.stream(values()).filter(range -> range.word.equals(word)).findFirst();
    }

    Duration length() {
        return length;
    }

    /// In seconds.
    int step() {
        return step;
    }
}
