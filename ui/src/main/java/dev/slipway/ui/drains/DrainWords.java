package dev.slipway.ui.drains;

import dev.slipway.db.drains.Drain;
import dev.slipway.platform.drains.DrainHealth;
import dev.slipway.platform.drains.DrainView;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a drain does, in words.
final class DrainWords {
    private static final double MIB = 1 << 20;
    /// Less is just what came in this moment.
    private static final long SOME = 1 << 20;

    private DrainWords() {}

    static Status status(DrainView view) {
        DrainHealth health = view.health();
        if (health == null) {
            return new Status("Not known", Tone.NEUTRAL);
        }
        if (health.error() != null) {
            return new Status("Failing", Tone.BAD);
        }
        return health.behindBytes() > SOME
                ? new Status("Catching up", Tone.WARN)
                : new Status(health.lines() == 0 ? "Waiting for lines" : "Sending", Tone.GOOD);
    }

    /// What more there is to say, "" for nothing.
    static String detail(DrainView view) {
        DrainHealth health = view.health();
        if (health == null) {
            return "The runtime tier doesn't say.";
        }
        List<String> parts = new ArrayList<>();
        if (health.error() != null) {
            parts.add(sentence(health.error()));
        }
        if (health.behindBytes() > SOME) {
            parts.add(size(health.behindBytes()) + " wait.");
        }
        if (health.lostBytes() > 0) {
            parts.add(size(health.lostBytes()) + " were deleted before they could be sent.");
        }
        return String.join(" ", parts);
    }

    /// What came of the last test, "" when there was none.
    static String test(DrainView view) {
        DrainHealth.Test test = view.health() == null ? null : view.health().test();
        if (test == null) {
            return "";
        }
        return test.error() == null
                ? "The test line arrived."
                : "The test line didn't arrive: " + sentence(test.error());
    }

    static String behaviour(Drain drain) {
        List<String> parts = new ArrayList<>();
        parts.add(drain.settings().requests() ? "output and requests" : "output");
        if (drain.authorized()) {
            parts.add("with credentials");
        }
        if (drain.settings().gzip()) {
            parts.add("compressed");
        }
        return "Sends " + String.join(", ", parts);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }
}
