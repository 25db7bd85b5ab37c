package dev.slipway.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection to the front door that is kept alive, on a plain socket: it costs little, retries nothing and
/// hides nothing.
final class HttpSocket implements Closeable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private boolean last;

    /// @param host what the requests say in `Host`
    HttpSocket(String address, int port, String host) throws IOException {
        this.host = host;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    record Answer(int status, String body) {}

    Answer get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        int status = status();
        int length = headers();
        return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /// Switches to the WebSocket protocol (RFC 6455, 4.1).
    void upgrade(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        int status = status();
        headers();
        if (status != 101) {
            throw new IOException("the switch to WebSocket was answered with " + status);
        }
    }

    /// Reads one frame of at most 125 bytes; returns its opcode.
    int frame() throws IOException {
        int opcode = octet() & 0x0F;
        int length = octet();
        if (length > 125 || in.readNBytes(length).length < length) {
            throw new IOException("a frame is cut short");
        }
        return opcode;
    }

    /// Did the last answer say that no other will come?
    boolean ended() {
        return last;
    }

    private void send(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private int status() throws IOException {
        String line = line();
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new IOException("no HTTP answer: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    /// The body's length.
    private int headers() throws IOException {
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= header.startsWith("connection:") && header.contains("close");
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = octet(); c != '\n'; c = octet()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private int octet() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the connection was closed");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
