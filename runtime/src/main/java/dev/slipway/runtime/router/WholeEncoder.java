package dev.slipway.runtime.router;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/// Encodes answers, in place of Vert.x' encoder: a short one in one piece. Netty copies a body behind its head where
/// there is room, and writes two buffers otherwise, which costs a twentieth of a request's CPU time. So room is made.
/// It doesn't know what was asked for: an answer to HEAD must be ended with nothing.
final class WholeEncoder extends HttpResponseEncoder {
    /// A head of the usual size.
    private static final int HEAD = 512;
    /// Both have room in a buffer as large as a chunk.
    static final int MOST_BODY = Listening.CHUNK_BYTES - 2 * HEAD;

    private WholeEncoder() {}

    /// Puts it in place of the connection's encoder, before the first answer. HTTP/2 has none.
    static void install(HttpConnection connection) {
        ChannelPipeline pipeline = Channels.of(connection).pipeline();
        if (pipeline.get("httpEncoder") != null) {
            pipeline.replace("httpEncoder", "httpEncoder", new WholeEncoder());
        }
    }

    @Override
    protected void encodeHeaders(HttpHeaders headers, ByteBuf buffer) {
        if (headers instanceof HeadersMultiMap fields) {
            long length = ContentLength.of(fields);
            if (length > 0 && length <= MOST_BODY) {
                buffer.ensureWritable(HEAD + (int) length);
            }
            fields.encode(buffer, false);
        } else {
            super.encodeHeaders(headers, buffer);
        }
    }
}
