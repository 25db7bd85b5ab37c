package dev.slipway.runtime.router;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Holds back what a connection brings while nobody takes it; its end too, which comes after everything else.
///
/// Vert.x, told to pause, keeps what came beside the connection and forgets it when the other side closes: an answer
/// whose app closes behind it would lose its end if the client reads slowly. So Vert.x isn't told to pause, and what
/// waits does so here, in front of it. Lives on the connection's event loop.
final class Intake extends ChannelDuplexHandler {
    private final Channel channel;
    /// Of Vert.x' own handler, the last one. Netty takes all of them out of a closed connection.
    private final ChannelHandlerContext context;
    private final VertxHandler<?> handler;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private boolean held;
    private boolean passing;
    /// The connection broke, which is told after what waits.
    private @Nullable Throwable broken;
    /// The connection is closed, which is told last.
    private boolean ended;

    private Intake(Channel channel, ChannelHandlerContext context) {
        this.channel = channel;
        this.context = context;
        this.handler = (VertxHandler<?>) context.handler();
    }

    /// The one of a connection, put there when it is asked for first.
    static Intake of(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        Intake there = pipeline.get(Intake.class);
        if (there != null) {
            return there;
        }
        ChannelHandlerContext last = pipeline.context(VertxHandler.class);
        Intake intake = new Intake(channel, last);
        pipeline.addBefore(last.name(), "intake", intake);
        return intake;
    }

    /// From now on what comes waits.
    void hold() {
        if (!held) {
            held = true;
            channel.config().setAutoRead(false);
        }
    }

    /// Passes on what has waited, and what comes.
    void release() {
        if (!held) {
            return;
        }
        held = false;
        if (passing) {
            return; // who passes goes on
        }
        passing = true;
        try {
            while (!held && !waiting.isEmpty()) {
                handler.channelRead(context, waiting.remove());
            }
        } finally {
            passing = false;
        }
        handler.channelReadComplete(context);
        if (!held) {
            tellEnd();
            if (channel.isActive()) {
                channel.config().setAutoRead(true);
            }
        }
    }

    private void tellEnd() {
        Throwable why = broken;
        broken = null;
        if (why != null) {
            handler.exceptionCaught(context, why);
        }
        if (ended) {
            ended = false;
            handler.channelInactive(context);
        }
    }

    private boolean mustWait() {
        return held || !waiting.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext before, Object message) {
        if (mustWait()) {
            waiting.add(message);
        } else {
            handler.channelRead(context, message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext before, Throwable why) {
        broken = why;
        if (!mustWait()) {
            tellEnd();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext before) {
        ended = true;
        if (!mustWait()) {
            tellEnd();
        }
    }

    /// We close it: what waits isn't wanted any more.
    @Override
    public void close(ChannelHandlerContext before, ChannelPromise promise) {
        held = false;
        broken = null;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        before.close(promise);
        tellEnd();
    }
}
