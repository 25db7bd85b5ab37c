package dev.slipway.runtime.router;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One side of an HTTP connection, byte by byte, so that tests see and send exactly what is on the wire.
final class RawHttp implements Closeable {
    /// A request's or response's first line and header fields.
    record Head(String first, List<String> fields) {
        Optional<String> field(String name) {
            return fields.stream()
                    .filter(f -> f.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(f -> f.substring(f.indexOf(':') + 1).strip())
                    .findFirst();
        }

        int status() {
            return Integer.parseInt(first.split(" ")[1]);
        }
    }

    private final Socket socket;
    private final InputStream in;

    RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(15_000);
        socket.setTcpNoDelay(true);
        this.in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    static RawHttp connect(int port) throws IOException {
        return new RawHttp(new Socket("127.0.0.1", port));
    }

    /// Sends lines joined by CRLF; ends the head with an empty last line.
    RawHttp send(String... lines) throws IOException {
        return write(String.join("\r\n", lines) + "\r\n");
    }

    RawHttp write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawHttp write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Head head() throws IOException {
        String first = line();
        List<String> fields = new ArrayList<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            fields.add(field);
        }
        return new Head(first, fields);
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("after \"" + line + "\"");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    String body(Head head) throws IOException {
        if (head.field("Content-Length").isPresent()) {
            return bytes(Integer.parseInt(head.field("Content-Length").orElseThrow()));
        }
        if (head.field("Transfer-Encoding").isPresent()) {
            StringBuilder body = new StringBuilder();
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
            return body.toString();
        }
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    String chunk() throws IOException {
        String chunk = bytes(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    String bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("after " + bytes.length + " of " + count + " bytes");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Reads and forgets.
    void skip(long count) throws IOException {
        in.skipNBytes(count);
    }

    /// The other side has closed, and nothing is left to read.
    boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
