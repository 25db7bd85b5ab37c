package dev.slipway.runtime.drains;

import dev.slipway.db.Json;
import dev.slipway.db.drains.DrainAddress;
import dev.slipway.runtime.logs.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Lines over HTTP: a request with many of them, each a JSON object on a line of its own (NDJSON). They have
/// arrived when the answer is 2xx; redirects aren't followed.
final class HttpPost implements Outlet {
    private static final int LONGEST_STATUS_LINE = 500;

    private final Wire wire;
    private final DrainAddress to;
    private final String app;
    private final Form form;
    private final Plug plug = new Plug();

    /// @param authorization what it says there, "" for nothing
    record Form(String authorization, boolean gzip) {
        @Override
        public String toString() {
            return "Form[***, " + gzip + "]";
        }
    }

    /// A line as it is sent.
    record Item(Instant time, String app, int release, String instance, LogLine.Stream stream, String message) {}

    HttpPost(Wire wire, DrainAddress to, String app, Form form) {
        this.wire = wire;
        this.to = to;
        this.app = app;
        this.form = form;
    }

    @Override
    public void send(List<LogLine> lines) throws IOException {
        byte[] body = body(lines);
        plug.ready();
        try (Socket socket = wire.connect(to, plug)) {
            OutputStream out = socket.getOutputStream();
            out.write(head(body.length).getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            requireTaken(statusLine(socket.getInputStream()));
        } finally {
            plug.drop();
        }
    }

    private byte[] body(List<LogLine> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = form.gzip() ? new GZIPOutputStream(bytes) : bytes) {
            for (LogLine line : lines) {
                Item item = new Item(
                        line.at(),
                        app,
                        line.release(),
                        line.instance(),
                        line.stream(),
                        SyslogMessage.plain(line.text()));
                out.write((Json.write(item) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private String head(int length) {
        String host = to.host().indexOf(':') >= 0 ? "[" + to.host() + "]" : to.host();
        return "POST " + to.target() + " HTTP/1.1\r\nHost: " + host + ":" + to.port()
                + "\r\nUser-Agent: Slipway\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + length
                + (form.gzip() ? "\r\nContent-Encoding: gzip" : "")
                + (form.authorization().isEmpty() ? "" : "\r\nAuthorization: " + form.authorization())
                + "\r\nConnection: close\r\n\r\n";
    }

    private static String statusLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_STATUS_LINE; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private void requireTaken(String status) throws IOException {
        if (status.matches("HTTP/1\\.[01] 413( .*)?")) { // Content Too Large (RFC 9110, 15.5.14)
            throw new TooLargeException(to.host() + " takes no request as large as this");
        }
        if (!status.matches("HTTP/1\\.[01] 2[0-9][0-9]( .*)?")) {
            String shown = status.replaceAll("[^ -~]", "?");
            throw new IOException(
                    status.startsWith("HTTP/")
                            ? to.host() + " answered " + shown.substring(shown.indexOf(' ') + 1)
                            : to.host() + " didn't answer as HTTP does");
        }
    }

    @Override
    public void giveUp() {
        plug.pull();
    }

    @Override
    public void close() {
        plug.close();
    }
}
