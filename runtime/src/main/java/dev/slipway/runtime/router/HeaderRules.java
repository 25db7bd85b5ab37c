package dev.slipway.runtime.router;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which header fields pass the front door. It is the edge: what a client says about proxies before it isn't
/// believed.
final class HeaderRules {
    /// RFC 9110, 7.6.1: they are about one connection, not about the message.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Set<String> ABOUT_PROXIES = Set.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-user",
            "x-real-ip");
    private static final Set<String> NOT_PASSED_ON =
            Stream.concat(HOP_BY_HOP.stream(), ABOUT_PROXIES.stream()).collect(Collectors.toUnmodifiableSet());
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_PORT = HttpHeaders.createOptimized("X-Forwarded-Port");
    private static final CharSequence FORWARDED_PREFIX = HttpHeaders.createOptimized("X-Forwarded-Prefix");
    private static final CharSequence FORWARDED_USER = HttpHeaders.createOptimized("X-Forwarded-User");
    /// A connection option mustn't take these away from the message (RFC 9110, 7.6.1).
    private static final Set<String> NEVER_NOMINATED =
            Set.of("host", "content-length", "cache-control", "authorization", "cookie");

    /// Who asks, and how.
    ///
    /// @param prefix what the app doesn't see of the path, "" for nothing
    /// @param user who proved it by a password at the door, "" for nobody; the app isn't told the password
    record Client(String address, String host, int port, boolean secure, String prefix, String user) {}

    private HeaderRules() {}

    static void copyRequest(MultiMap from, MultiMap to, Client client) {
        Set<String> nominated = nominated(from);
        for (Map.Entry<String, String> field : from) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            // in an environment of CGI's kind both are the same variable
            if (!NOT_PASSED_ON.contains(name.replace('_', '-')) && !nominated.contains(name)) {
                to.add(field.getKey(), field.getValue());
            }
        }
        to.add(FORWARDED_FOR, client.address());
        to.add(FORWARDED_HOST, client.host());
        to.add(FORWARDED_PROTO, client.secure() ? "https" : "http");
        to.add(FORWARDED_PORT, Integer.toString(client.port()));
        if (!client.prefix().isEmpty()) {
            to.add(FORWARDED_PREFIX, client.prefix());
        }
        if (!client.user().isEmpty()) {
            to.remove(HttpHeaders.AUTHORIZATION);
            to.add(FORWARDED_USER, client.user());
        }
    }

    static void copyResponse(MultiMap from, MultiMap to) {
        Set<String> nominated = nominated(from);
        for (Map.Entry<String, String> field : from) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !nominated.contains(name)) {
                to.add(field.getKey(), field.getValue());
            }
        }
    }

    private static Set<String> nominated(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return Set.of();
        }
        List<String> options = headers.getAll(HttpHeaders.CONNECTION);
        Set<String> names = new HashSet<>();
        for (String option : options) {
            for (String name : option.split(",")) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        names.removeAll(NEVER_NOMINATED);
        return names;
    }

    /// The request asks for another protocol on its connection, mostly WebSocket (RFC 9110, 7.8). HTTP/2 isn't
    /// one of them: within such a tunnel requests would come by that nobody checks.
    static boolean wantsTunnel(MultiMap headers) {
        if (!headers.contains(HttpHeaders.UPGRADE)) {
            return false;
        }
        List<String> protocols = headers.getAll(HttpHeaders.UPGRADE);
        return protocols.size() == 1
                && !protocols.getFirst().toLowerCase(Locale.ROOT).contains("h2c")
                && connectionHas(headers, "upgrade");
    }

    /// True when `Connection` holds the option `token`.
    static boolean connectionHas(MultiMap headers, String token) {
        return headers.contains(HttpHeaders.CONNECTION) && nominated(headers).contains(token);
    }
}
