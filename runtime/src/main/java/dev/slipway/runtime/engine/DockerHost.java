package dev.slipway.runtime.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;

/// Where the engine listens: `unix:///var/run/docker.sock` or `tcp://host:port`.
record DockerHost(URI uri) {
    /// @throws IllegalStateException with a sentence saying what such an address looks like
    static DockerHost parse(String text) {
        try {
            URI uri = new URI(text);
            boolean unix = "unix".equals(uri.getScheme()) && uri.getPath() != null;
            boolean tcp = "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0;
            if (unix || tcp) {
                return new DockerHost(uri);
            }
        } catch (java.net.URISyntaxException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static IllegalStateException wrong(String text) {
        return new IllegalStateException(
                "DOCKER_HOST must look like unix:///var/run/docker.sock or tcp://127.0.0.1:2375, not \"" + text + "\"");
    }

    SocketChannel channel() throws IOException {
        return unix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    }

    /// Names are looked up anew each time.
    SocketAddress address() throws IOException {
        if (unix()) {
            return UnixDomainSocketAddress.of(uri.getPath());
        }
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        if (address.isUnresolved()) {
            throw new UnknownHostException("unknown host " + uri.getHost());
        }
        return address;
    }

    private boolean unix() {
        return "unix".equals(uri.getScheme());
    }
}
