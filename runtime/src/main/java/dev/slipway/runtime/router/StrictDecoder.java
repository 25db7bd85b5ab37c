package dev.slipway.runtime.router;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;

/// Netty's default is to drop Content-Length when there is a Transfer-Encoding too. That hides an attempt at request smuggling
/// (RFC 9112, 6.1 and 11.2) from the handler, so here such a request is a broken one.
final class StrictDecoder extends VertxHttpRequestDecoder {
    static final String REASON = "both Content-Length and Transfer-Encoding";

    private StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    /// Puts it in place of the connection's decoder, before the first byte is read.
    static void install(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        pipeline.replace("httpDecoder", "httpDecoder", new StrictDecoder(options));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        message.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(REASON)));
    }
}
