package dev.slipway.db.volumes;

import java.util.regex.Pattern;

/// A volume's name, unique within its app. Typed again by who deletes it.
public record VolumeName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,28}[a-z0-9])?");

    /// @throws IllegalArgumentException with a message for the user when it isn't one
    public VolumeName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + (value.length() <= 80 ? value : value.substring(0, 80) + "…")
                    + "\" can't be the name of a volume: 1 to 30 of a-z, 0-9 and '-', beginning with a letter, such as"
                    + " \"data\".");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
