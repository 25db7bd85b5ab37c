package dev.slipway.platform.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A response's body whose bytes are counted as they come.
final class LimitedBody extends FilterInputStream {
    private final Counter counter;

    /// Is told of bytes that came; throws when they are too many.
    interface Counter {
        void count(long bytes) throws IOException;
    }

    LimitedBody(InputStream body, Counter counter) {
        super(body);
        this.counter = counter;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        counter.count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        counter.count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = in.skip(length);
        counter.count(skipped);
        return skipped;
    }
}
