package dev.slipway.platform.commands;

import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Words;
import dev.slipway.platform.Problem;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What can be run, and for how long. Pure.
final class CommandRules {
    static final int USUAL_TIMEOUT_SECONDS = 3600;
    private static final int MOST_TIMEOUT_SECONDS = 86_400;

    private CommandRules() {}

    /// @throws Problem INVALID when it can't be run
    static List<String> command(List<String> words) {
        return valid(() -> ProcessSpec.checked(words));
    }

    /// Splits a line as a shell would, without anything else that a shell does.
    ///
    /// @throws Problem INVALID when it can't be run
    static List<String> line(String line) {
        return command(valid(() -> Words.split(line)));
    }

    /// @param seconds null: the usual
    /// @throws Problem INVALID when it is too short or too long
    static int timeout(@Nullable Integer seconds) {
        int timeout = seconds == null ? USUAL_TIMEOUT_SECONDS : seconds;
        if (timeout < 1 || timeout > MOST_TIMEOUT_SECONDS) {
            throw Problem.invalid("A command's time limit must be between 1 s and 24 h.");
        }
        return timeout;
    }

    private static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }
}
