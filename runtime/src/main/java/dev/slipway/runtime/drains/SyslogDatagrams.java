package dev.slipway.runtime.drains;

import dev.slipway.db.drains.DrainAddress;
import dev.slipway.runtime.logs.LogLine;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;

/// Syslog over UDP (RFC 5426). What gets lost is lost; nobody says so.
final class SyslogDatagrams implements Outlet {
    /// Longer messages are cut: networks lose large datagrams.
    private static final int LONGEST = 8 << 10;

    private final Wire wire;
    private final DrainAddress to;
    private final SyslogStream.Sender sender;

    SyslogDatagrams(Wire wire, DrainAddress to, SyslogStream.Sender sender) {
        this.wire = wire;
        this.to = to;
        this.sender = sender;
    }

    @Override
    public void send(List<LogLine> lines) throws IOException {
        InetAddress address = wire.resolve(to);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (LogLine line : lines) {
                byte[] message = sender.message(line);
                socket.send(new DatagramPacket(message, Math.min(message.length, LONGEST), address, to.port()));
            }
        }
    }

    @Override
    public void giveUp() {
        // nobody is waited for
    }

    @Override
    public void close() {
        // a socket lives as long as a batch
    }
}
