package dev.slipway.runtime.router;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The options of the front door's sockets, to the outside and to targets.
final class Listening {
    /// Vert.x reads some 25 chunks of a request ahead that nobody takes: with 32 KiB a stalled one would hold 1 MiB.
    /// Answers wait in an [Intake], so larger chunks of theirs would cost less CPU time and no more memory.
    static final int CHUNK_BYTES = 8 * 1024;

    /// Netty reads all that the system has of a connection when the other side closes it, whether somebody takes it
    /// or not (see [Intake]); so the system may have only so much. Linux doubles it, for what it needs itself.
    private static final int APP_RECEIVE_BYTES = 64 << 10;
    /// The same of what comes in another protocol than HTTP, from far away: 1.3 MB/s if a round takes 100 ms.
    private static final int TUNNEL_RECEIVE_BYTES = 128 << 10;

    private static final int HANDSHAKE_SECONDS = 10;
    private static final int MOST_STREAMS = 100;
    /// Streams cut off by the client, in so many seconds: more is an attack (CVE-2023-44487), and ends the
    /// connection.
    private static final int MOST_RESETS = 200;

    private static final int RESET_SECONDS = 30;
    /// What may be on its way on a connection altogether; one slow upload mustn't hold up all others.
    private static final int CONNECTION_WINDOW = 1 << 20;

    private Listening() {}

    static HttpServerOptions plain(FrontDoorSettings settings) {
        return server(settings).setPort(settings.port()).setHttp2ClearTextEnabled(false);
    }

    /// HTTP/2 and HTTP/1.1, whichever the client wants (ALPN).
    static HttpServerOptions secure(FrontDoorSettings settings, Supplier<Certificates> certificates) {
        return server(settings)
                .setPort(settings.httpsPort())
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(KeyCertOptions.wrap(new ShownCertificate(certificates)))
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MOST_STREAMS)
                        .setMaxHeaderListSize(settings.limits().headerBytes()))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setHttp2RstFloodMaxRstFramePerWindow(MOST_RESETS)
                .setHttp2RstFloodWindowDuration(RESET_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
    }

    private static HttpServerOptions server(FrontDoorSettings settings) {
        return new HttpServerOptions()
                .setHost(settings.bind())
                .setAcceptBacklog(4096)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setMaxHeaderSize(settings.limits().headerBytes())
                .setMaxInitialLineLength(settings.limits().urlBytes())
                .setMaxChunkSize(CHUNK_BYTES)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                // what WebSockets agree on is between their ends
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    /// Of a connection to an app, before it is used.
    static void limitApp(HttpClientConnection connection) {
        limit(Channels.of(connection), APP_RECEIVE_BYTES);
    }

    /// Of a client's connection whose protocol is switched.
    static void limitTunnel(NetSocket socket) {
        limit(Channels.of(socket), TUNNEL_RECEIVE_BYTES);
    }

    /// Not by Vert.x' options, with which each read would take a buffer of that size.
    private static void limit(Channel channel, int bytes) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_RCVBUF, bytes);
        }
    }

    static HttpClientOptions upstream() {
        return new HttpClientOptions()
                .setKeepAlive(true)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setConnectTimeout(3_000)
                .setMaxHeaderSize(256 * 1024)
                .setMaxInitialLineLength(16 * 1024)
                .setMaxChunkSize(CHUNK_BYTES)
                .setDecompressionSupported(false);
    }
}
