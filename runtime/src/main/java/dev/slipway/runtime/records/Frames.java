package dev.slipway.runtime.records;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// How records stand in a segment: length of the body (4 bytes), its CRC-32C (4 bytes), the body.
final class Frames {
    static final int HEADER = 8;
    static final int LARGEST = 256 << 10;

    private Frames() {}

    static int size(List<byte[]> bodies) {
        int size = 0;
        for (byte[] body : bodies) {
            if (body.length > LARGEST) {
                throw new IllegalArgumentException("a record of " + body.length + " bytes");
            }
            size += HEADER + body.length;
        }
        return size;
    }

    static ByteBuffer write(List<byte[]> bodies) {
        ByteBuffer out = ByteBuffer.allocate(size(bodies));
        CRC32C crc = new CRC32C();
        for (byte[] body : bodies) {
            crc.reset();
            crc.update(body);
            out.putInt(body.length).putInt((int) crc.getValue()).put(body);
        }
        return out.flip();
    }

    /// The offset behind the whole record that begins at `offset`; -1 when there is no whole one.
    static int next(byte[] segment, int offset, int end) {
        if (end - offset < HEADER) {
            return -1;
        }
        ByteBuffer header = ByteBuffer.wrap(segment, offset, HEADER);
        int length = header.getInt();
        int expected = header.getInt();
        if (length < 0 || length > LARGEST || end - offset - HEADER < length) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(segment, offset + HEADER, length);
        return (int) crc.getValue() == expected ? offset + HEADER + length : -1;
    }
}
