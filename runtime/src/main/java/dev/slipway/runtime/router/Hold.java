package dev.slipway.runtime.router;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request's wait for a target, on its event loop. It may have to wait more than once; its time counts from the
/// first.
final class Hold {
    private final Backend backend;
    private final Runnable onTurn;
    private WaitingRoom.@Nullable Place place;
    /// 0: it never had to wait.
    private long since;

    /// @param onTurn called on the same event loop, unless it ended before
    Hold(Backend backend, Runnable onTurn) {
        this.backend = backend;
        this.onTurn = onTurn;
    }

    /// False when there is no place to wait.
    boolean begin() {
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        if (since == 0) {
            since = System.nanoTime();
        }
        place = backend.await(() -> loop.runOnContext(now -> turn())).orElse(null);
        return place != null;
    }

    private void turn() {
        if (place != null) {
            place = null;
            onTurn.run();
        }
    }

    boolean waits() {
        return place != null;
    }

    boolean tooLong(long now) {
        return place != null && now - since > backend.longestWait().toNanos();
    }

    void end() {
        if (place != null) {
            place.leave();
            place = null;
        }
    }
}
