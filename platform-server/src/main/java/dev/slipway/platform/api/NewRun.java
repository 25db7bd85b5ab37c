package dev.slipway.platform.api;

import dev.slipway.platform.Problem;
import dev.slipway.platform.commands.CommandDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command to be run: one of `command` and `line`.
record NewRun(
        @Schema(description = "Arguments for the image's entry point, in place of its CMD") @Nullable
        List<String> command,

        @Schema(description = "The same as one line, which is split into words by quotes; no shell reads it") @Nullable
        String line,

        @Schema(description = "After that it is stopped and has failed: 1 to 86400, default 3600") @Nullable
        Integer timeoutSeconds) {

    CommandDraft toDraft() {
        if ((command == null) == (line == null)) {
            throw Problem.invalid("Say what should run: either command (a list of words) or line (text).");
        }
        return command != null
                ? CommandDraft.of(command, timeoutSeconds)
                : CommandDraft.ofLine(String.valueOf(line), timeoutSeconds);
    }
}
