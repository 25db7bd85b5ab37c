package dev.slipway.runtime.engine;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container's output as Docker tells it (ContainerLogs in its documentation): frames with the stream's
/// number, three zeros, a length of four bytes, and so many bytes: a time, a space, the text, and "\n" unless
/// the line goes on.
final class DockerOutput implements Output {
    private static final int HEADER = 8;
    private static final int STDERR = 2;
    private static final int LARGEST = 256 << 10;
    /// Docker's pieces of a long line have so many bytes, but for the last; the driver `local` doesn't end even
    /// that one with a newline.
    private static final int WHOLE_PIECE = 16 << 10;

    private final DockerApi.Exchange exchange;
    private final InputStream in;

    private DockerOutput(DockerApi.Exchange exchange) {
        this.exchange = exchange;
        this.in = new BufferedInputStream(exchange.body(), 16 << 10);
    }

    static DockerOutput follow(DockerApi api, String containerId, From from) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("stdout", true);
        parameters.put("stderr", true);
        parameters.put("timestamps", true);
        parameters.put("follow", true);
        switch (from) {
            case From.Since(Instant at) ->
                parameters.put("since", String.format("%d.%09d", at.getEpochSecond(), at.getNano()));
            case From.Last(int lines) -> parameters.put("tail", lines);
        }
        Request request = Request.get("/containers/" + containerId + "/logs" + Request.query(parameters));
        DockerApi.Exchange exchange = DockerApi.call("tell a container's output", () -> api.stream(request));
        exchange.connection().forgetDeadline();
        return new DockerOutput(exchange);
    }

    @Override
    public @Nullable Piece next() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw new EOFException("its answer ended within a frame");
        }
        int length = ByteBuffer.wrap(header).getInt(4);
        if (length < 0 || length > LARGEST) {
            throw new IOException("its answer has a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException("its answer ended within a frame");
        }
        return piece(header[0] == STDERR ? Stream.STDERR : Stream.STDOUT, frame);
    }

    private static Piece piece(Stream stream, byte[] frame) throws IOException {
        int space = 0;
        while (space < frame.length && frame[space] != ' ') {
            space++;
        }
        boolean newline = frame.length > 0 && frame[frame.length - 1] == '\n';
        int end = newline ? frame.length - 1 : frame.length;
        boolean endsLine = newline || end - space - 1 < WHOLE_PIECE;
        try {
            Instant at = Instant.parse(new String(frame, 0, space, StandardCharsets.US_ASCII));
            return new Piece(stream, at, Arrays.copyOfRange(frame, Math.min(space + 1, end), end), endsLine);
        } catch (DateTimeException e) {
            throw new IOException("its answer has a line without a time");
        }
    }

    @Override
    public boolean waiting() throws IOException {
        return in.available() > 0;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
