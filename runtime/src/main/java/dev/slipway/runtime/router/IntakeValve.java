package dev.slipway.runtime.router;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// Holds a connection by its [Intake]. A connection that is used again may be held by another valve, so this one only
/// lets go what it holds itself.
final class IntakeValve implements Valve {
    private final Channel channel;
    /// Null until it is needed: few connections ever have to wait.
    private @Nullable Intake intake;
    private boolean paused;

    /// @param connection see [Channels#of]
    IntakeValve(Object connection) {
        this.channel = Channels.of(connection);
    }

    @Override
    public void pause() {
        if (intake == null) {
            intake = Intake.of(channel);
        }
        paused = true;
        intake.hold();
    }

    @Override
    public void resume() {
        if (paused && intake != null) {
            paused = false;
            intake.release();
        }
    }

    /// The connection is open. What a closed one has brought may still wait.
    boolean open() {
        return channel.isOpen();
    }

    /// Closes the connection though not all was sent.
    void abort() {
        Channels.abort(channel);
    }

    /// Told as soon as the connection is closed.
    void onClose(Runnable told) {
        channel.closeFuture().addListener(closed -> told.run());
    }
}
