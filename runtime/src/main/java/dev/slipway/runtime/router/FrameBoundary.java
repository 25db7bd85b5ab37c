package dev.slipway.runtime.router;

import io.vertx.core.buffer.Buffer;

/// Follows one direction of a WebSocket (RFC 6455, 5.2) to know where one frame ends and the next may begin.
/// Looks at no payload.
final class FrameBoundary {
    private static final int SHORTEST_HEADER = 2;

    /// Bytes of the present frame's header that have come, of `headerLength` (not yet known: 2).
    private int headerSeen;
    private int headerLength = SHORTEST_HEADER;
    private int lengthByte;
    private long payloadLength;
    private long payloadLeft;

    /// No frame is half through.
    boolean between() {
        return headerSeen == 0 && payloadLeft == 0;
    }

    /// Follows the bytes from `from` to the end of the frame that they belong to; returns where that is, at
    /// most the chunk's length.
    int follow(Buffer chunk, int from) {
        int at = from;
        while (at < chunk.length()) {
            if (payloadLeft > 0) {
                long step = Math.min(payloadLeft, chunk.length() - at);
                payloadLeft -= step;
                at += (int) step;
            } else {
                header(chunk.getByte(at++) & 0xff);
            }
            if (between()) {
                return at;
            }
        }
        return at;
    }

    /// Follows all of it.
    void followAll(Buffer chunk) {
        for (int at = 0; at < chunk.length(); ) {
            at = follow(chunk, at);
        }
    }

    private void header(int octet) {
        headerSeen++;
        if (headerSeen == SHORTEST_HEADER) {
            lengthByte = octet & 0x7f;
            int extended = lengthByte == 126 ? 2 : lengthByte == 127 ? 8 : 0;
            int mask = (octet & 0x80) != 0 ? 4 : 0;
            headerLength = SHORTEST_HEADER + extended + mask;
            payloadLength = extended == 0 ? lengthByte : 0;
        } else if (headerSeen > SHORTEST_HEADER
                && headerSeen <= SHORTEST_HEADER + (lengthByte == 126 ? 2 : lengthByte == 127 ? 8 : 0)) {
            payloadLength = payloadLength << 8 | octet;
        }
        if (headerSeen >= SHORTEST_HEADER && headerSeen == headerLength) {
            headerSeen = 0;
            headerLength = SHORTEST_HEADER;
            payloadLeft = payloadLength;
        }
    }
}
