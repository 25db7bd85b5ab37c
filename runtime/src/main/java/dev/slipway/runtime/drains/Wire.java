package dev.slipway.runtime.drains;

import dev.slipway.db.addresses.Reachable;
import dev.slipway.db.drains.DrainAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Opens connections to where a drain leads. The address that was looked at is the one that is connected to.
final class Wire {
    static final int PATIENCE_MILLIS = 10_000;

    private final Reachable reachable;
    private final SSLSocketFactory tls;

    Wire(Reachable reachable, SSLSocketFactory tls) {
        this.reachable = reachable;
        this.tls = tls;
    }

    /// @throws IOException with a sentence
    InetAddress resolve(DrainAddress to) throws IOException {
        return reachable.resolve(to.host());
    }

    /// @param plug knows the socket before anything is waited for
    /// @throws IOException with a sentence
    Socket connect(DrainAddress to, Plug plug) throws IOException {
        InetSocketAddress address = new InetSocketAddress(resolve(to), to.port());
        Socket plain = new Socket();
        try {
            plug.in(plain);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.connect(address, PATIENCE_MILLIS);
            return to.protocol().isSecure() ? secured(plain, to) : plain;
        } catch (IOException e) {
            plain.close();
            throw new IOException(to.host() + ":" + to.port() + " can't be reached: " + e.getMessage(), e);
        }
    }

    private Socket secured(Socket plain, DrainAddress to) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, to.host(), to.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
