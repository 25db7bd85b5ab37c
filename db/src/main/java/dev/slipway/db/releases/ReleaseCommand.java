package dev.slipway.db.releases;

import java.util.List;

/// What runs once in the image of a new release, with its config, before its instances start: migrations.
///
/// @param command the arguments for the image's entry point, as [ProcessSpec#command]
/// @param timeoutSeconds after that it has failed
public record ReleaseCommand(List<String> command, int timeoutSeconds) {
    public static final int DEFAULT_TIMEOUT_SECONDS = 600;

    /// @throws IllegalArgumentException with a message for the user
    public ReleaseCommand {
        command = ProcessSpec.checked(command);
        if (timeoutSeconds < 1 || timeoutSeconds > 86_400) {
            throw new IllegalArgumentException("The release command's time limit must be between 1 s and 24 h.");
        }
    }
}
