package dev.slipway.runtime.engine;

/// How a command in a container ended.
public sealed interface CommandEnd {
    /// @param output the end of what it wrote, both streams
    record Exited(int code, String output) implements CommandEnd {}

    /// It took longer than it may.
    record TimedOut() implements CommandEnd {}
}
