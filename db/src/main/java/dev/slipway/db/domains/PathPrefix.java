package dev.slipway.db.domains;

import java.util.regex.Pattern;

/// The beginning of paths, by whole segments: `/api` is `/api` and all below it, `/` is everything. Compared as
/// it is sent, so `/%61pi` is another path.
public record PathPrefix(String value) {
    private static final int LONGEST = 200;
    /// RFC 3986, 3.3, without percent signs, which would make several spellings of one path.
    private static final Pattern FORM = Pattern.compile("/|(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+");

    public static final PathPrefix ALL = new PathPrefix("/");

    /// @throws IllegalArgumentException with a message for the user when it isn't one
    public PathPrefix {
        if (value.length() > LONGEST
                || !FORM.matcher(value).matches()
                || value.contains("/./")
                || value.contains("/../")
                || value.endsWith("/.")
                || value.endsWith("/..")) {
            throw new IllegalArgumentException("\"" + (value.length() <= 80 ? value : value.substring(0, 80) + "…")
                    + "\" can't be a path's beginning. Write it like /api: letters, digits and .-_~ between slashes, up to "
                    + LONGEST + " characters.");
        }
    }

    /// What a person wrote, perhaps with a slash at its end or none at its beginning.
    ///
    /// @throws IllegalArgumentException with a message for the user
    public static PathPrefix of(String written) {
        String text = written.strip();
        String start = text.startsWith("/") ? text : "/" + text;
        return new PathPrefix(
                start.length() > 1 && start.endsWith("/") ? start.substring(0, start.length() - 1) : start);
    }

    public boolean all() {
        return value.equals("/");
    }

    @Override
    public String toString() {
        return value;
    }
}
