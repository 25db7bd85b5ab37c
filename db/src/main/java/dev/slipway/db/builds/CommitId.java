package dev.slipway.db.builds;

import java.util.regex.Pattern;

/// A Git commit's id: 40 lower-case hex digits (SHA-1).
public record CommitId(String value) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (!HEX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a commit id: " + value);
        }
    }

    /// The first 8 digits.
    public String abbreviated() {
        return value.substring(0, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
