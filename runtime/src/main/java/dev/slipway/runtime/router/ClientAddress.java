package dev.slipway.runtime.router;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a request comes from: its connection's other end or, when that is a proxy that is trusted, whom it says.
final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final int OWN_BYTES = 8;

    private ClientAddress() {}

    static String of(HttpServerRequest request, Addresses proxies) {
        String peer = request.remoteAddress().hostAddress();
        return proxies == Addresses.NONE ? peer : of(peer, request.headers().getAll(FORWARDED_FOR), proxies);
    }

    /// Its connection's other end is a proxy that is trusted, and says that the request came there by TLS.
    static boolean cameByTls(HttpServerRequest request, Addresses proxies) {
        return proxies != Addresses.NONE
                && request.headers().getAll(FORWARDED_PROTO).equals(List.of("https"))
                && holds(proxies, request.remoteAddress().hostAddress());
    }

    /// The last address that no trusted proxy has: what stands before it, anybody can have written.
    ///
    /// @param forwarded the fields in their order
    static String of(String peer, List<String> forwarded, Addresses proxies) {
        String client = peer;
        String[] hops = String.join(",", forwarded).split(",");
        for (int i = hops.length - 1; i >= 0 && holds(proxies, client); i--) {
            InetAddress hop = parse(hops[i].strip());
            if (hop == null) {
                return client;
            }
            client = hop.getHostAddress();
        }
        return client;
    }

    private static boolean holds(Addresses proxies, String address) {
        InetAddress parsed = parse(address);
        return parsed != null && proxies.contains(parsed);
    }

    /// What a visitor has for itself: of IPv6, where it has any number of addresses, their first 64 bits.
    static String own(String address) {
        return parse(address) instanceof Inet6Address six
                ? HexFormat.of().formatHex(six.getAddress(), 0, OWN_BYTES)
                : address;
    }

    /// Null when it is no IP address.
    static @Nullable InetAddress parse(String text) {
        return text.isEmpty() ? null : NetUtil.createInetAddressFromIpAddressString(text);
    }
}
