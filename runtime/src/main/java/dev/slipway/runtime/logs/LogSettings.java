package dev.slipway.runtime.logs;

/// How much of what instances write is kept.
///
/// @param bytesOfApp on disk
/// @param bytesPerSecond of an instance, on average; what is above isn't read
/// @param burst so many bytes of an instance may come at once
public record LogSettings(long bytesOfApp, long bytesPerSecond, long burst) {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    public static final LogSettings DEFAULT = new LogSettings(50 * MIB, 256 * KIB, 8 * MIB);

    LogSettings fifth() {
        return new LogSettings(bytesOfApp / 5, bytesPerSecond, burst);
    }

    public static LogSettings of(int megabytesOfApp) {
        return new LogSettings(megabytesOfApp * MIB, DEFAULT.bytesPerSecond(), DEFAULT.burst());
    }
}
