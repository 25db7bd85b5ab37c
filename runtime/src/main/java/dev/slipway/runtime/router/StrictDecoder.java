package dev.slipway.runtime.router;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/// Decodes clients' requests by the letter, in place of Vert.x' decoder.
///
/// Netty's default is to drop Content-Length when there is a Transfer-Encoding too. That hides an attempt at
/// request smuggling (RFC 9112, 6.1 and 11.2) from the handler, so here such a request is a broken one.
/// Instances' answers are read more generously: a line may end with LF alone (RFC 9112, 2.2), as the headers of
/// many CGI scripts do; on their way out they are written anew.
final class StrictDecoder extends HttpRequestDecoder {
    private StrictDecoder(HttpServerOptions options) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(options.getMaxInitialLineLength())
                .setMaxHeaderSize(options.getMaxHeaderSize())
                .setMaxChunkSize(options.getMaxChunkSize())
                .setInitialBufferSize(options.getDecoderInitialBufferSize())
                .setStrictLineParsing(true));
    }

    /// Puts it in place of the connection's decoder, before the first byte is read. HTTP/2 has none.
    static void install(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline = Channels.of(connection).pipeline();
        if (pipeline.get("httpDecoder") != null) {
            pipeline.replace("httpDecoder", "httpDecoder", new StrictDecoder(options));
        }
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        return new DefaultHttpRequest(
                HttpVersion.valueOf(line[2]), HttpMethod.valueOf(line[0]), line[1], HeadersMultiMap.httpHeaders());
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
