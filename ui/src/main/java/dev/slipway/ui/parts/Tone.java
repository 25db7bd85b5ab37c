package dev.slipway.ui.parts;

import java.util.Locale;

/// How a state is meant; decides its colour, which never stands without a word.
public enum Tone {
    NEUTRAL,
    ACTIVE,
    GOOD,
    WARN,
    BAD;

    public String className() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
