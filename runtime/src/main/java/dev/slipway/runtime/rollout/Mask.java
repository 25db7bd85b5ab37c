package dev.slipway.runtime.rollout;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Takes the values of variables out of what is kept of an output. Short values stay: they are words like
/// "true", and no secrets.
final class Mask {
    private static final int SHORTEST = 8;
    private static final String MASKED = "[masked]";

    private final List<String> values;

    /// @param values whole ones; each line of them is masked by itself too
    Mask(Collection<String> values) {
        this.values = values.stream()
                .flatMap(value -> value.lines().map(String::strip))
                .filter(line -> line.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    String apply(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASKED);
        }
        return masked;
    }
}
