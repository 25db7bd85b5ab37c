package dev.slipway.platform.releases;

import java.util.List;

/// What a rollback would do, shown before it is done.
///
/// @param comparison from what is live to the release that one goes back to
/// @param stays what isn't touched
/// @param warnings what to think of before
public record RollbackPreview(Comparison comparison, List<String> stays, List<String> warnings) {
    public RollbackPreview {
        warnings = List.copyOf(warnings);
        stays = List.copyOf(stays);
    }
}
