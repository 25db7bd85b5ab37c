package dev.slipway.worker.context;

import java.util.ArrayList;
import java.util.List;

/// What a context held: `submodules` were sent as empty directories, `largeFiles` as the Git LFS pointers that
/// the repository holds instead of them.
public record ContextSummary(int files, long bytes, List<String> submodules, List<String> largeFiles) {
    private static final int NAMED = 3;

    public ContextSummary {
        submodules = List.copyOf(submodules);
        largeFiles = List.copyOf(largeFiles);
    }

    /// What the user should know, one sentence a line.
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!submodules.isEmpty()) {
            warnings.add(
                    "Warning: Git submodules aren't fetched; the build sees empty directories: " + some(submodules));
        }
        if (!largeFiles.isEmpty()) {
            warnings.add("Warning: Git LFS files aren't fetched; the build sees their pointers: " + some(largeFiles));
        }
        return warnings;
    }

    private static String some(List<String> paths) {
        String named = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
        return paths.size() <= NAMED ? named : named + " and " + (paths.size() - NAMED) + " more";
    }
}
