package dev.slipway.worker.buildkit;

import java.time.Duration;

/// One thing that BuildKit reports by `--progress=plain`. `vertex` is its number (`#7`).
sealed interface Progress {
    /// A vertex began, or goes on after another one's output.
    record Named(int vertex, String name) implements Progress {}

    /// A line that the vertex's command wrote.
    record Output(int vertex, String text) implements Progress {}

    /// Progress within a vertex, such as bytes transferred.
    record Status(int vertex, String text) implements Progress {}

    record Cached(int vertex) implements Progress {}

    record Done(int vertex, Duration time) implements Progress {}

    record Failed(int vertex, String error) implements Progress {}

    record Canceled(int vertex) implements Progress {}

    /// A line of no vertex: an error's excerpt, the error itself, a warning.
    record Remark(String text) implements Progress {}

    /// Nothing to tell.
    record Silence() implements Progress {}
}
