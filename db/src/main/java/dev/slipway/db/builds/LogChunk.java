package dev.slipway.db.builds;

import java.util.List;

/// Some lines of a build's log in a row; `firstLine` counts from 0 within the attempt.
public record LogChunk(int attempt, int firstLine, List<String> lines) {
    public int endLine() {
        return firstLine + lines.size();
    }
}
