package dev.slipway.worker.engine;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 request to the engine, on a connection of its own, and its answer (RFC 9112).
///
/// The engine listens on a Unix socket, which the JDK's HTTP client can't use; the clients that can cost a
/// worker more memory than all the rest it does. Requests here have no body and answers come from a trusted
/// peer. Closing ends it from any thread.
final class HttpExchange implements AutoCloseable {
    private static final int LINE_LIMIT = 16 << 10;
    private static final int HEADERS_LIMIT = 200;

    private final SocketChannel channel;
    private final InputStream in;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status;

    private HttpExchange(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /// Connects.
    ///
    /// @param engine `unix:///path` or `tcp://host:port`
    static HttpExchange open(URI engine) throws IOException {
        return new HttpExchange(connect(engine));
    }

    /// Sends the request and reads the answer's head. Call it once.
    void send(String method, String path, Map<String, String> fields) throws IOException {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Length: 0\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = Channels.newOutputStream(channel);
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        status = readHead();
    }

    private static SocketChannel connect(URI engine) throws IOException {
        boolean unix = "unix".equals(engine.getScheme());
        SocketAddress address = unix
                ? UnixDomainSocketAddress.of(engine.getPath())
                : new InetSocketAddress(engine.getHost(), engine.getPort());
        SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.connect(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private int readHead() throws IOException {
        String[] statusLine = readLine().split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.") || !statusLine[1].matches("\\d{3}")) {
            throw new IOException("that isn't an HTTP answer: " + String.join(" ", statusLine));
        }
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() >= HEADERS_LIMIT) {
                throw new IOException("malformed header in the engine's answer");
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return Integer.parseInt(statusLine[1]);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the engine hung up");
            }
            if (line.length() >= LINE_LIMIT) {
                throw new IOException("too long a line in the engine's answer");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    int status() {
        return status;
    }

    /// The answer's body. It ends early with an EOFException when the connection does.
    InputStream body() {
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            return new Chunks();
        }
        String length = headers.get("Content-Length");
        return length == null ? in : new Limited(Long.parseLong(length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// A body of known length.
    private class Limited extends InputStream {
        private long left;

        Limited(long left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && !more()) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw new EOFException("the engine hung up in the middle of an answer");
            }
            left -= count;
            return count;
        }

        boolean more() throws IOException {
            return false;
        }

        void proceed(long next) {
            left = next;
        }
    }

    /// A body in chunks (RFC 9112, section 7.1).
    private final class Chunks extends Limited {
        private boolean first = true;
        private boolean last;

        Chunks() {
            super(0);
        }

        @Override
        boolean more() throws IOException {
            if (last) {
                return false;
            }
            if (!first && !readLine().isEmpty()) {
                throw new IOException("malformed chunk in the engine's answer");
            }
            first = false;
            long size = Long.parseLong(readLine().split(";", 2)[0].strip(), 16);
            last = size == 0;
            proceed(size);
            return !last;
        }
    }
}
