package dev.slipway.platform.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/// The HTTP connections of one visit to a remote repository, and the limits on it: whereto, how long, how much.
///
/// The client connects to the very addresses that the policy has checked (its resolver is the policy's), so a
/// name that leads elsewhere the second time it's asked, or a redirect, gets no further than the first.
final class RemoteSession implements HttpConnectionFactory, AutoCloseable {
    private static final Timeout CONNECT_TIME = Timeout.ofSeconds(10);
    private static final Timeout IDLE_TIME = Timeout.ofSeconds(30);

    private final RepositoryUrlPolicy policy;
    private final URL origin;
    private final Limits limits;
    private final Instant deadline;
    private final CloseableHttpClient client;
    private long received;
    private int lastStatus;

    /// @param time for all of the visit
    /// @param bytes most that may be received
    record Limits(Duration time, long bytes) {}

    RemoteSession(RepositoryUrlPolicy policy, URL origin, Limits limits) {
        this.policy = policy;
        this.origin = origin;
        this.limits = limits;
        this.deadline = Instant.now().plus(limits.time());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT_TIME)
                                .setSocketTimeout(IDLE_TIME)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(IDLE_TIME)
                        .setConnectionRequestTimeout(CONNECT_TIME)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    private final class CheckedResolver implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return policy.resolve(host).toArray(InetAddress[]::new);
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return policy.resolve(host).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    CloseableHttpClient client() {
        return client;
    }

    /// Never by a proxy: what a proxy connects to can't be checked here.
    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        return create(url);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        checkTime();
        Optional<String> refusal = RepositoryUrlPolicy.refusal(withoutQuery(url));
        if (refusal.isPresent()) {
            throw new RefusedAddressException(refusal.get());
        }
        return new RemoteConnection(this, url, isOrigin(url));
    }

    /// Git itself asks for `info/refs?service=…`.
    private static String withoutQuery(URL url) {
        String text = url.toString();
        return url.getQuery() == null ? text : text.substring(0, text.indexOf('?'));
    }

    /// Credentials go to where the user said and nowhere else, whatever redirects say.
    private boolean isOrigin(URL url) {
        return url.getProtocol().equals(origin.getProtocol())
                && url.getHost().equalsIgnoreCase(origin.getHost())
                && port(url) == port(origin);
    }

    private static int port(URL url) {
        return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    }

    void answered(int status) {
        lastStatus = status;
    }

    /// The last HTTP status received; 0 before the first.
    int lastStatus() {
        return lastStatus;
    }

    InputStream limited(InputStream body) {
        return new LimitedBody(body, this::count);
    }

    private void count(long bytes) throws IOException {
        received += bytes;
        if (received > limits.bytes()) {
            throw new LimitExceededException("it is larger than " + SourceLimits.inWords(limits.bytes()));
        }
        checkTime();
    }

    private void checkTime() throws IOException {
        if (Instant.now().isAfter(deadline)) {
            throw new LimitExceededException("it took longer than "
                    + String.format(
                            Locale.ROOT,
                            "%d",
                            TimeUnit.SECONDS.toMinutes(limits.time().toSeconds())) + " minutes");
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
