package dev.slipway.db.volumes;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a volume stands in an instance's files: absolute, in its only spelling, and nowhere that would hide what
/// the image or the engine needs.
public record MountPath(String value) {
    private static final int LONGEST = 200;
    private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");
    /// The kernel's, with all below them.
    private static final Set<String> TREES = Set.of("/proc", "/sys", "/dev");
    /// The system's own directories, and what the engine mounts itself.
    private static final Set<String> RESERVED = Set.of(
            "/bin",
            "/boot",
            "/etc",
            "/etc/hostname",
            "/etc/hosts",
            "/etc/resolv.conf",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/run",
            "/sbin",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/sbin",
            "/var");

    /// @throws IllegalArgumentException with a message for the user when nothing can be mounted there
    public MountPath {
        if (value.length() > LONGEST || !FORM.matcher(value).matches() || dots(value)) {
            throw new IllegalArgumentException("\"" + (value.length() <= 80 ? value : value.substring(0, 80) + "…")
                    + "\" can't be where a volume is mounted. Write the whole path, like /data: letters, digits and"
                    + " ._@+- between single slashes, none at the end, up to " + LONGEST + " characters.");
        }
        String top = value.indexOf('/', 1) < 0 ? value : value.substring(0, value.indexOf('/', 1));
        if (RESERVED.contains(value) || TREES.contains(top)) {
            throw new IllegalArgumentException("Nothing can be mounted at " + value
                    + ", which belongs to the system. Use a directory of the app's" + " own, like /data.");
        }
    }

    private static boolean dots(String path) {
        return Stream.of(path.split("/")).anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    @Override
    public String toString() {
        return value;
    }
}
