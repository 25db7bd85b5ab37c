package dev.slipway.runtime.router;

import dev.slipway.db.testing.FreePort;
import dev.slipway.db.testing.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A real router that serves https too, and clients that trust the tests' authority alone.
@Timeout(60)
abstract class SecureFixture {
    static final TestCertificates AUTHORITY = new TestCertificates();

    static {
        // read once by the JDK's client, which other tests let say another host
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    final Routes routes = new Routes();
    final List<AutoCloseable> resources = new ArrayList<>();
    final int port = FreePort.take();
    final int httpsPort = FreePort.take();
    final Router router = Router.start(
            new FrontDoorSettings(
                    new FrontDoorSettings.Listen("127.0.0.1", port, httpsPort, false),
                    "example.test",
                    FreePort.take(),
                    RouterFixture.LIMITS),
            routes);

    @AfterEach
    void closeAll() throws Exception {
        router.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    /// An app under `<name>.test`, with a certificate.
    Upstream app(String name, Upstream upstream) {
        resources.add(upstream);
        routes.put(new AppRoute(name, AppRoute.Status.LIVE, List.of(upstream.target(name + "-1"))));
        show(name, AUTHORITY.issue(name + ".test"));
        return upstream;
    }

    /// From now on `<name>.test` leads to the app and shows this certificate.
    void show(String name, TestCertificates.Issued certificate) {
        String id = certificate.chain().getFirst().getSerialNumber().toString();
        routes.front(new FrontRules(
                new Domains(List.of(new DomainRoute(name, name + ".test", "/", false, Optional.empty(), true, 3600))),
                new Certificates(Map.of(
                        name + ".test", List.of(new Certificates.Entry(id, certificate.key(), certificate.chain())))),
                Map.of()));
    }

    /// A connection of HTTP/1.1 over TLS.
    RawHttp connect(String host) throws IOException {
        RawHttp connection = new RawHttp(handshake(host, "http/1.1"));
        resources.add(connection);
        return connection;
    }

    SSLSocket handshake(String host, String protocol) throws IOException {
        return handshake(httpsPort, host, protocol);
    }

    static SSLSocket handshake(int port, String host, String protocol) throws IOException {
        Socket plain = new Socket("127.0.0.1", port);
        SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(new String[] {protocol});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(15_000);
        socket.startHandshake();
        return socket;
    }

    static X509Certificate shown(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    static SSLContext trusting() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", AUTHORITY.root());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
