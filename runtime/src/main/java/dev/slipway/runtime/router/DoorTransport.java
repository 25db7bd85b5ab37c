package dev.slipway.runtime.router;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.transport.Transport;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Vert.x' epoll transport, whose servers listen on inherited sockets where there are some, and can stop to
/// accept without closing anything.
final class DoorTransport extends EpollTransport {
    private final InheritedSockets inherited;
    /// Vert.x asks for a server's options and for its channel in one go, on one thread.
    private final ThreadLocal<Integer> port = ThreadLocal.withInitial(() -> 0);

    private final List<ServerChannel> listening = new CopyOnWriteArrayList<>();

    DoorTransport(InheritedSockets inherited) {
        this.inherited = inherited;
    }

    Transport forVertx() {
        return new TransportInternal("epoll", isAvailable(), unavailabilityCause(), this);
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        port.set(options.getPort());
        super.configure(options, domainSocket, bootstrap);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        EpollServerSocketChannel open = inherited.byPort().get(port.get());
        ChannelFactory<? extends ServerChannel> otherwise = super.serverChannelFactory(domainSocket);
        return () -> {
            ServerChannel channel = open == null ? otherwise.newChannel() : adopted(open);
            listening.add(channel);
            return channel;
        };
    }

    /// It is bound already. It accepts only when Vert.x believes it to be bound, as nobody takes care of what is
    /// accepted before.
    private static ServerChannel adopted(EpollServerSocketChannel open) {
        open.config().setAutoRead(false);
        open.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void bind(ChannelHandlerContext context, SocketAddress address, ChannelPromise promise) {
                promise.setSuccess();
                context.channel().config().setAutoRead(true);
            }
        });
        return open;
    }

    /// Connections that come from now on are for who else listens on the same sockets. When this returns, those
    /// that were accepted before are known to their event loops.
    void stopAccepting() {
        for (ServerChannel channel : listening) {
            channel.eventLoop()
                    .submit(() -> channel.config().setAutoRead(false))
                    .syncUninterruptibly();
        }
    }
}
