package dev.slipway.runtime.router;

import io.vertx.core.streams.ReadStream;

/// Stops what flows, and lets it go on.
interface Valve {
    void pause();

    void resume();

    /// Vert.x' own, of a stream whose rest nobody misses when its connection is closed.
    static Valve of(ReadStream<?> stream) {
        return new Valve() {
            @Override
            public void pause() {
                stream.pause();
            }

            @Override
            public void resume() {
                stream.resume();
            }
        };
    }
}
