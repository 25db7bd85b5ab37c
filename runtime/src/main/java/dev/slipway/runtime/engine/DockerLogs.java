package dev.slipway.runtime.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/// Copies a container's output, both streams in the order in which Docker recorded them.
final class DockerLogs {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int FRAME_HEADER = 8;

    private DockerLogs() {}

    static void copy(DockerApi api, String containerId, int lines, OutputStream out) throws IOException {
        Request request = Request.get("/containers/" + containerId + "/logs"
                        + Request.query(Map.of("stdout", true, "stderr", true, "tail", lines)))
                .within(TIMEOUT);
        try {
            DockerApi.call("read a container's output", () -> {
                try (DockerApi.Exchange exchange = api.stream(request)) {
                    return copy(exchange.body(), out);
                } catch (Refusal e) {
                    if (e.is(Refusal.NOT_FOUND)) {
                        return 0;
                    }
                    throw e;
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Frames: the stream's number, three zeros, a length of four bytes, so many bytes (ContainerAttach in
    /// Docker's documentation).
    ///
    /// @return how many there were
    static int copy(InputStream in, OutputStream out) throws IOException {
        int frames = 0;
        for (byte[] header = in.readNBytes(FRAME_HEADER); header.length > 0; header = in.readNBytes(FRAME_HEADER)) {
            if (header.length < FRAME_HEADER) {
                throw new EOFException("its answer ended within a frame");
            }
            copy(in, Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(4)), out);
            frames++;
        }
        return frames;
    }

    private static void copy(InputStream in, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(length, 8192)];
        for (long left = length; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("its answer ended within a frame");
            }
            write(out, buffer, count);
            left -= count;
        }
    }

    /// The reader's failures aren't the engine's.
    private static void write(OutputStream out, byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
