package dev.slipway.platform.commands;

import dev.slipway.platform.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command as somebody asks for it.
public record CommandDraft(List<String> command, int timeoutSeconds) {
    /// @param timeoutSeconds null: the usual hour
    /// @throws Problem INVALID when it can't be run
    public static CommandDraft of(List<String> words, @Nullable Integer timeoutSeconds) {
        return new CommandDraft(CommandRules.command(words), CommandRules.timeout(timeoutSeconds));
    }

    /// @param line is split into words by quotes; no shell reads it
    /// @throws Problem INVALID when it can't be run
    public static CommandDraft ofLine(String line, @Nullable Integer timeoutSeconds) {
        return new CommandDraft(CommandRules.line(line), CommandRules.timeout(timeoutSeconds));
    }
}
