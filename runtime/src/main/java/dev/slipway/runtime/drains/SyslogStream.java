package dev.slipway.runtime.drains;

import dev.slipway.db.drains.DrainAddress;
import dev.slipway.runtime.logs.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Syslog over TCP or TLS, on a connection that is kept. Each message comes after its length (RFC 6587, 3.4.1).
/// The protocol knows no acknowledgement: what is on its way when the other side dies is lost.
final class SyslogStream implements Outlet {
    private final Wire wire;
    private final DrainAddress to;
    private final Sender sender;
    private final Plug plug = new Plug();
    private @Nullable Socket open;

    /// @param host the platform's name
    record Sender(String host, String app) {
        byte[] message(LogLine line) {
            return SyslogMessage.of(host, app, line);
        }
    }

    SyslogStream(Wire wire, DrainAddress to, Sender sender) {
        this.wire = wire;
        this.to = to;
        this.sender = sender;
    }

    @Override
    public void send(List<LogLine> lines) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (LogLine line : lines) {
            byte[] message = sender.message(line);
            frames.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.write(message);
        }
        plug.ready();
        Socket socket = open;
        if (socket == null || hasEnded(socket)) {
            plug.drop();
            socket = wire.connect(to, plug);
            open = socket;
        }
        try {
            socket.getOutputStream().write(frames.toByteArray());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            open = null;
            plug.drop();
            throw new IOException(to.host() + ":" + to.port() + " broke the connection: " + e.getMessage(), e);
        }
    }

    /// The other side says nothing, unless it has closed.
    private static boolean hasEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException broken) {
            return true;
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
