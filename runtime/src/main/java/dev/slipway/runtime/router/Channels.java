package dev.slipway.runtime.router;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Netty's channels below Vert.x' connections.
final class Channels {
    /// A connection to an app, as Vert.x gives it out, keeps the real one to itself.
    private static final VarHandle WRAPPED = wrapped();

    private Channels() {}

    private static VarHandle wrapped() {
        try {
            Class<?> wrapper = UnpooledHttpClientConnection.class;
            return MethodHandles.privateLookupIn(wrapper, MethodHandles.lookup())
                    .findVarHandle(wrapper, "actual", HttpClientConnectionInternal.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The one of a connection.
    ///
    /// @param connection of Vert.x: a client's, a socket, or one to an app
    static Channel of(Object connection) {
        Object innermost =
                connection instanceof UnpooledHttpClientConnection wrapper ? WRAPPED.get(wrapper) : connection;
        return ((ConnectionBase) innermost).channel();
    }

    /// Closes one though not all was sent.
    static void abort(Channel channel) {
        ChannelHandlerContext last = channel.pipeline().lastContext();
        if (last != null) {
            last.close(); // asks those before Vert.x' handler, which would wait until all is sent
        }
    }
}
