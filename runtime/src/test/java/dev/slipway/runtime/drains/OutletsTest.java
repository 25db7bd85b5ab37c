package dev.slipway.runtime.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.addresses.Reachable;
import dev.slipway.db.drains.DrainAddress;
import dev.slipway.db.testing.TestCertificates;
import dev.slipway.runtime.logs.LogLine;
import dev.slipway.runtime.records.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutletsTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final SyslogStream.Sender SENDER = new SyslogStream.Sender("plat.test", "shop");
    private final Wire wire =
            new Wire(new Reachable("X", "127.0.0.0/8,localhost"), trusting().getSocketFactory());

    private static LogLine line(LogLine.Stream stream, String instance, String text) {
        return new LogLine(
                new Position(1, 2), Instant.parse("2026-11-27T12:00:00.123456789Z"), stream, 4, instance, text);
    }

    private static List<LogLine> lines() {
        return List.of(
                line(LogLine.Stream.STDOUT, "shop-4-abc", "häppy \u001b[32mgreen\u001b[0m"),
                line(LogLine.Stream.STDERR, "shop-4-abc", "sad"),
                line(LogLine.Stream.PLATFORM, "", "said"));
    }

    private static DrainAddress to(String scheme, String host, int port) {
        return DrainAddress.parse(scheme + "://" + host + ":" + port);
    }

    private static SSLContext trusting() {
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

    private static ServerSocketFactory showing(String name) {
        try {
            TestCertificates.Issued issued = AUTHORITY.issue(name);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("k", issued.key(), new char[0], issued.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context.getServerSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void syslogOverTcpCountsOctetsAndKeepsItsConnection() throws Exception {
        try (Collector collector = new Collector(ServerSocketFactory.getDefault(), 0, Collector::syslog);
                SyslogStream outlet = new SyslogStream(wire, to("syslog+tcp", "localhost", collector.port()), SENDER)) {
            outlet.send(lines());
            outlet.send(lines().subList(0, 1));
            assertThat(collector.taken.take())
                    .isEqualTo("<134>1 2026-11-27T12:00:00.123456Z plat.test shop shop-4-abc STDOUT - häppy green");
            assertThat(collector.taken.take())
                    .isEqualTo("<131>1 2026-11-27T12:00:00.123456Z plat.test shop shop-4-abc STDERR - sad");
            assertThat(collector.taken.take())
                    .isEqualTo("<133>1 2026-11-27T12:00:00.123456Z plat.test shop - PLATFORM - said");
            assertThat(collector.taken.take()).contains("häppy");
        }
    }

    @Test
    void overTlsTheNameMustBeTheCertificates() throws Exception {
        try (Collector collector = new Collector(showing("localhost"), 0, Collector::syslog);
                Collector other = new Collector(showing("other.test"), 0, Collector::syslog);
                SyslogStream outlet = new SyslogStream(wire, to("syslog+tls", "localhost", collector.port()), SENDER);
                SyslogStream wrong = new SyslogStream(wire, to("syslog+tls", "localhost", other.port()), SENDER);
                SyslogStream stranger = new SyslogStream(
                        new Wire(new Reachable("X", "localhost"), (SSLSocketFactory) SSLSocketFactory.getDefault()),
                        to("syslog+tls", "localhost", collector.port()),
                        SENDER)) {
            outlet.send(lines());
            assertThat(collector.taken.take()).contains("häppy");
            assertThatThrownBy(() -> wrong.send(lines())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> stranger.send(lines())).isInstanceOf(IOException.class);
            assertThat(other.taken).isEmpty();
        }
    }

    @Test
    void datagramsHoldAMessageEach() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogDatagrams outlet =
                        new SyslogDatagrams(wire, to("syslog+udp", "127.0.0.1", socket.getLocalPort()), SENDER)) {
            outlet.send(List.of(line(LogLine.Stream.ACCESS, "shop-4-abc", "x".repeat(20_000))));
            DatagramPacket packet = new DatagramPacket(new byte[65_000], 65_000);
            socket.receive(packet);
            assertThat(packet.getLength()).isEqualTo(8192);
            assertThat(new String(packet.getData(), 0, 80, StandardCharsets.UTF_8))
                    .contains("shop shop-4-abc ACCESS");
        }
    }

    @Test
    void httpSendsALineOfJsonForEachAndWantsASuccess() throws Exception {
        try (Collector collector = new Collector(showing("localhost"), 0, Collector.http("204 No Content"));
                Collector full = new Collector(ServerSocketFactory.getDefault(), 0, Collector.http("507 Full\u0007"))) {
            DrainAddress to = DrainAddress.parse("https://localhost:" + collector.port() + "/in?k=v");
            new HttpPost(wire, to, "shop", new HttpPost.Form("Bearer t0ken", false)).send(lines());
            assertThat(collector.taken.take())
                    .startsWith("POST /in?k=v HTTP/1.1\r\nHost: localhost:" + collector.port() + "\r\n")
                    .contains("Authorization: Bearer t0ken\r\n", "Content-Type: application/x-ndjson\r\n")
                    .contains(
                            "\"instance\":\"shop-4-abc\"",
                            "\"stream\":\"STDERR\"",
                            "\"release\":4",
                            "\"message\":\"sad\"")
                    .contains("\"time\":\"2026-11-27T12:00:00.123456789Z\"")
                    .doesNotContain("\\u001b");
            new HttpPost(wire, to, "shop", new HttpPost.Form("", true)).send(lines());
            String zipped = collector.taken.take();
            assertThat(zipped).contains("Content-Encoding: gzip").doesNotContain("Authorization");
            byte[] body = zipped.substring(zipped.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
            String text = new String(
                    new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines()).hasSize(3);
            HttpPost refused =
                    new HttpPost(wire, to("http", "localhost", full.port()), "shop", new HttpPost.Form("", false));
            assertThatThrownBy(() -> refused.send(lines())).hasMessage("localhost answered 507 Full?");
        }
    }

    @Test
    void privateAddressesAreRefusedUnlessTheOperatorNamesThem() {
        Wire strict = new Wire(
                new Reachable("SLIPWAY_ALLOW_PRIVATE_DRAINS", ""), trusting().getSocketFactory());
        for (String host : List.of("127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1")) {
            SyslogStream outlet = new SyslogStream(strict, to("syslog+tcp", host, 601), SENDER);
            assertThatThrownBy(() -> outlet.send(lines())).hasMessageContaining("SLIPWAY_ALLOW_PRIVATE_DRAINS=" + host);
        }
    }

    @Test
    void aCallIsGivenUpInTheMiddleOfAHandshakeToo() throws Exception {
        BlockingQueue<Outlet> calling = new LinkedBlockingQueue<>();
        try (Collector mute = new Collector(ServerSocketFactory.getDefault(), 0, (connection, taken) -> {
                    connection.getInputStream().read();
                    calling.remove().giveUp();
                    while (connection.getInputStream().read() >= 0) {
                        taken.clear();
                    }
                });
                SyslogStream syslog = new SyslogStream(wire, to("syslog+tls", "localhost", mute.port()), SENDER);
                HttpPost http = new HttpPost(
                        wire, to("https", "localhost", mute.port()), "shop", new HttpPost.Form("", false))) {
            for (Outlet outlet : List.of(syslog, http)) {
                calling.add(outlet);
                assertThatThrownBy(() -> outlet.send(lines())).hasMessageNotContaining("timed out");
            }
        }
    }

    @Test
    void aCallThatWasGivenUpDuringTheLookUpDoesntConnect() throws Exception {
        try (Socket socket = new Socket();
                Socket next = new Socket()) {
            Plug plug = new Plug();
            plug.ready();
            plug.pull();
            assertThatThrownBy(() -> plug.in(socket)).hasMessage("it was given up");
            plug.ready();
            plug.in(next);
            plug.pull();
            assertThat(next.isClosed()).isTrue();
            plug.close();
            plug.ready();
            assertThatThrownBy(() -> plug.in(socket)).hasMessage("it was given up");
        }
    }

    @Test
    void whoTakesNothingIsLeftAfterAWhile() throws Exception {
        try (Collector stuck = new Collector(ServerSocketFactory.getDefault(), 0, (connection, taken) -> {
                    try {
                        Thread.sleep(Duration.ofMinutes(5));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                Deadlines deadlines = new Deadlines(Duration.ofMillis(300));
                SyslogStream outlet = new SyslogStream(wire, to("syslog+tcp", "localhost", stuck.port()), SENDER)) {
            List<LogLine> much =
                    java.util.Collections.nCopies(400, line(LogLine.Stream.STDOUT, "shop-4-abc", "x".repeat(60_000)));
            assertThatThrownBy(() -> deadlines.within(outlet, () -> outlet.send(much)))
                    .hasMessageStartingWith("Nothing was taken for");
        }
    }
}
