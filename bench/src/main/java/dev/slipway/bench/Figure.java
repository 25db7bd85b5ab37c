package dev.slipway.bench;

import java.util.Locale;

/// One measured value and the most it may be.
record Figure(String name, double value, double goal) {

    boolean ok() {
        return value <= goal;
    }

    /// `name=value goal=… ok|short`
    String line() {
        return String.format(Locale.ROOT, "%s=%.2f goal=%.2f %s", name, value, goal, ok() ? "ok" : "short");
    }
}
