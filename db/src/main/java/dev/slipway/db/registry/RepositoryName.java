package dev.slipway.db.registry;

import java.util.regex.Pattern;

/// A repository's name (distribution spec, "Pulling manifests"): path components of lower-case letters, digits
/// and separators, at most 200 characters.
public record RepositoryName(String value) {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final int LONGEST = 200;

    public RepositoryName {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a repository name: "
                    + (value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
