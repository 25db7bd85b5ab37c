package dev.slipway.runtime.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One look at an instance from outside: a TCP connection or, with a path, an HTTP GET whose answer must be 2xx
/// or 3xx.
///
/// @param host what the request says in `Host`: the app's own name, so that an app that checks it answers
public record Probe(String address, int port, @Nullable String path, String host, Duration timeout) {
    private static final int LONGEST_STATUS_LINE = 1024;

    /// What a probe saw.
    public sealed interface Answer {
        record Healthy() implements Answer {}

        /// Nothing listens there.
        record Refused() implements Answer {}

        /// No connection, or no answer over it, within the timeout.
        record Silent(boolean connected) implements Answer {}

        /// An answer, but not a good one. `answer`: a status line, or what came instead of one.
        record Unhealthy(String answer) implements Answer {}

        /// What it did, after "it".
        default String inWords() {
            return switch (this) {
                case Healthy() -> "answered well";
                case Refused() -> "refused the connection";
                case Silent(boolean connected) ->
                    connected ? "took the connection but sent no answer in time" : "didn't take the connection in time";
                case Unhealthy(String answer) -> "answered: " + answer;
            };
        }
    }

    /// Takes no longer than the timeout in all.
    public Answer look() {
        long end = System.nanoTime() + timeout.toNanos();
        boolean connected = false;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), millisUntil(end));
            connected = true;
            if (path == null) {
                return new Answer.Healthy();
            }
            socket.getOutputStream().write(request(path).getBytes(StandardCharsets.US_ASCII));
            return judge(statusLine(socket, end));
        } catch (SocketTimeoutException e) {
            return new Answer.Silent(connected);
        } catch (IOException e) {
            return connected ? new Answer.Unhealthy("no answer: " + e.getMessage()) : new Answer.Refused();
        }
    }

    private static int millisUntil(long end) throws SocketTimeoutException {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) millis;
    }

    /// The same at another port.
    public Probe at(int otherPort) {
        return new Probe(address, otherPort, path, host, timeout);
    }

    /// Whether what listens there speaks HTTP, whatever it answers.
    public boolean findsHttp() {
        return switch (new Probe(address, port, "/", host, timeout).look()) {
            case Answer.Healthy() -> true;
            case Answer.Unhealthy(String answer) -> answer.matches("(?s)[1-5][0-9]{2}.*");
            case Answer.Refused() -> false;
            case Answer.Silent(boolean connected) -> false;
        };
    }

    private String request(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: slipway-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    private static String statusLine(Socket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_STATUS_LINE) {
            socket.setSoTimeout(millisUntil(end));
            int c = in.read();
            if (c < 0 || c == '\n') {
                break;
            }
            line.append(c < ' ' && c != '\r' || c == 0x7F ? '\uFFFD' : (char) c);
        }
        return line.toString().strip();
    }

    /// RFC 9112, 4: `HTTP/1.1 200 OK`.
    static Answer judge(String statusLine) {
        if (statusLine.isEmpty()) {
            return new Answer.Unhealthy("the connection was closed without an answer");
        }
        String[] parts = statusLine.split(" ", 3);
        if (!parts[0].startsWith("HTTP/") || parts.length < 2 || !parts[1].matches("[1-5][0-9]{2}")) {
            return new Answer.Unhealthy("not an HTTP answer");
        }
        char kind = parts[1].charAt(0);
        return kind == '2' || kind == '3'
                ? new Answer.Healthy()
                : new Answer.Unhealthy((parts[1] + " " + (parts.length > 2 ? parts[2] : "")).strip());
    }
}
