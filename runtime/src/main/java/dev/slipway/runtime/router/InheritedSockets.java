package dev.slipway.runtime.router;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listening sockets that were open before this program started and are held open by who started it, so that
/// connections wait for the next front door when this one ends, however it ends.
public final class InheritedSockets {
    private static final Logger log = LoggerFactory.getLogger(InheritedSockets.class);
    public static final InheritedSockets NONE = new InheritedSockets(Map.of());

    private final Map<Integer, EpollServerSocketChannel> byPort;

    private InheritedSockets(Map<Integer, EpollServerSocketChannel> byPort) {
        this.byPort = Map.copyOf(byPort);
    }

    /// @param descriptors numbers of file descriptors, separated by commas; what isn't a listening TCP socket is
    ///     left out, with a word in the log
    public static InheritedSockets of(String descriptors) {
        if (descriptors.isEmpty() || !Epoll.isAvailable()) {
            return NONE;
        }
        Map<Integer, EpollServerSocketChannel> byPort = new HashMap<>();
        for (String descriptor : descriptors.split(",")) {
            EpollServerSocketChannel channel = new EpollServerSocketChannel(Integer.parseInt(descriptor));
            if (channel.localAddress() == null) {
                log.warn("file descriptor {} isn't a listening socket", descriptor);
            } else {
                byPort.put(channel.localAddress().getPort(), channel);
            }
        }
        return new InheritedSockets(byPort);
    }

    boolean has(int port) {
        return byPort.containsKey(port);
    }

    Map<Integer, EpollServerSocketChannel> byPort() {
        return byPort;
    }
}
