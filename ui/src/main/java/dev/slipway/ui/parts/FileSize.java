package dev.slipway.ui.parts;

/// A number of bytes as people read it: "12 MB".
public final class FileSize {
    private FileSize() {}

    public static String words(long bytes) {
        double mega = bytes / 1_000_000.0;
        if (mega < 0.1) {
            return bytes < 1000 ? bytes + " bytes" : "%.0f kB".formatted(bytes / 1000.0);
        }
        return mega >= 1000
                ? "%.1f GB".formatted(mega / 1000)
                : mega >= 10 ? "%.0f MB".formatted(mega) : "%.1f MB".formatted(mega);
    }
}
