package dev.slipway.platform.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A certificate authority by the letter of RFC 8555: verifies signatures, nonces and URLs (6.2 to 6.5), fetches
/// the proof from the front door (8.3), issues for the key of the request (7.4).
final class AcmeServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String THUMBPRINT_HASH = "SHA-256";

    /// One order and its one authorization.
    private static final class Order {
        private final String id = UUID.randomUUID().toString();
        private final String token = UUID.randomUUID().toString();
        private final String host;
        private final PublicKey account;
        private String proof = "pending";
        private @Nullable String error;
        private List<X509Certificate> chain = List.of();

        Order(String host, PublicKey account) {
            this.host = host;
            this.account = account;
        }

        String status() {
            return proof.equals("invalid")
                    ? "invalid"
                    : !chain.isEmpty() ? "valid" : proof.equals("valid") ? "ready" : "pending";
        }
    }

    private record Signed(PublicKey key, JsonNode payload) {}

    /// An answer of section 6.7.
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private final String type;

        Refusal(String type, String detail) {
            super(detail);
            this.type = type;
        }
    }

    private final HttpServer server;
    private final TestCertificates authority = new TestCertificates();
    private final int frontDoor;
    private final Set<String> nonces = new HashSet<>();
    private final Map<String, PublicKey> accounts = new HashMap<>();
    private final Map<String, Order> orders = new HashMap<>();
    private @Nullable String refusal;
    private int issued;

    /// @param frontDoor the port at which each host's proof is fetched
    AcmeServer(int frontDoor) throws IOException {
        this.frontDoor = frontDoor;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.start();
    }

    String directory() {
        return base() + "/directory";
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int issued() {
        return issued;
    }

    int accounts() {
        return accounts.size();
    }

    /// From now on new orders are refused for having been too many, in these words.
    void limit(String words) {
        refusal = words;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            exchange.getResponseHeaders().set("Replay-Nonce", newNonce());
            route(exchange, exchange.getRequestURI().getPath());
        } catch (Refusal e) {
            String problem = JSON.writeValueAsString(
                    Map.of("type", "urn:ietf:params:acme:error:" + e.type, "detail", String.valueOf(e.getMessage())));
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            answer(exchange, e.type.equals("rateLimited") ? 429 : 400, problem);
        } catch (RuntimeException | JoseException e) {
            e.printStackTrace();
            answer(exchange, 500, "{}");
        }
    }

    private void route(HttpExchange exchange, String path) throws IOException, Refusal, JoseException {
        switch (path.split("/")[1]) {
            case "directory" ->
                json(
                        exchange,
                        200,
                        Map.of(
                                "newNonce", base() + "/new-nonce",
                                "newAccount", base() + "/new-account",
                                "newOrder", base() + "/new-order"));
            case "new-nonce" -> answer(exchange, 200, "");
            case "new-account" -> account(exchange, signed(exchange));
            case "new-order" -> newOrder(exchange, signed(exchange));
            case "order" -> show(exchange, order(exchange, signed(exchange), path), 200);
            case "authz" -> authorization(exchange, order(exchange, signed(exchange), path));
            case "challenge" -> challenge(exchange, order(exchange, signed(exchange), path));
            case "finalize" -> finish(exchange, signed(exchange), path);
            case "cert" -> {
                exchange.getResponseHeaders().set("Content-Type", "application/pem-certificate-chain");
                answer(
                        exchange,
                        200,
                        TestCertificates.pem(
                                order(exchange, signed(exchange), path).chain.toArray()));
            }
            default -> answer(exchange, 404, "{}");
        }
    }

    private Signed signed(HttpExchange exchange) throws IOException, Refusal, JoseException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(body.path("protected").asString() + "."
                + body.path("payload").asString() + "." + body.path("signature").asString());
        JsonNode header = JSON.readTree(
                Base64.getUrlDecoder().decode(body.path("protected").asString()));
        if (!nonces.remove(header.path("nonce").asString())) {
            throw new Refusal("badNonce", "this nonce wasn't given out, or was used already");
        }
        if (!header.path("url").asString().equals(base() + exchange.getRequestURI())) {
            throw new Refusal("unauthorized", "the URL isn't the one that was signed");
        }
        PublicKey key = header.has("jwk")
                ? (PublicKey)
                        JsonWebKey.Factory.newJwk(header.path("jwk").toString()).getKey()
                : accounts.get(header.path("kid").asString());
        jws.setKey(key);
        if (key == null || !jws.verifySignature()) {
            throw new Refusal("malformed", "the signature doesn't fit");
        }
        String payload = jws.getPayload();
        return new Signed(key, payload.isEmpty() ? JSON.createObjectNode() : JSON.readTree(payload));
    }

    private void account(HttpExchange exchange, Signed request) throws IOException, Refusal {
        if (!request.payload().path("termsOfServiceAgreed").asBoolean()) {
            throw new Refusal("userActionRequired", "the terms must be agreed to");
        }
        String url = accounts.entrySet().stream()
                .filter(known -> known.getValue().equals(request.key()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(base() + "/account/" + (accounts.size() + 1));
        accounts.put(url, request.key());
        exchange.getResponseHeaders().set("Location", url);
        json(exchange, 201, Map.of("status", "valid"));
    }

    private void newOrder(HttpExchange exchange, Signed request) throws IOException, Refusal {
        if (refusal != null) {
            exchange.getResponseHeaders().set("Retry-After", "90000");
            throw new Refusal("rateLimited", refusal);
        }
        Order order = new Order(
                request.payload().path("identifiers").path(0).path("value").asString(), request.key());
        orders.put(order.id, order);
        show(exchange, order, 201);
    }

    private Order order(HttpExchange exchange, Signed request, String path) throws Refusal {
        Order order = orders.get(path.split("/")[2]);
        if (order == null || !order.account.equals(request.key())) {
            throw new Refusal("unauthorized", "not an order of this account: " + exchange.getRequestURI());
        }
        return order;
    }

    private void show(HttpExchange exchange, Order order, int status) throws IOException {
        exchange.getResponseHeaders().set("Location", base() + "/order/" + order.id);
        Map<String, Object> shown = new HashMap<>(Map.of(
                "status", order.status(),
                "identifiers", List.of(Map.of("type", "dns", "value", order.host)),
                "authorizations", List.of(base() + "/authz/" + order.id),
                "finalize", base() + "/finalize/" + order.id));
        if (!order.chain.isEmpty()) {
            shown.put("certificate", base() + "/cert/" + order.id);
        }
        json(exchange, status, shown);
    }

    private void authorization(HttpExchange exchange, Order order) throws IOException {
        json(
                exchange,
                200,
                Map.of(
                        "status", order.proof,
                        "identifier", Map.of("type", "dns", "value", order.host),
                        "challenges", List.of(shown(order))));
    }

    private Map<String, Object> shown(Order order) {
        Map<String, Object> challenge = new HashMap<>(Map.of(
                "type",
                "http-01",
                "url",
                base() + "/challenge/" + order.id,
                "token",
                order.token,
                "status",
                order.proof));
        if (order.error != null) {
            challenge.put("error", Map.of("type", "urn:ietf:params:acme:error:unauthorized", "detail", order.error));
        }
        return challenge;
    }

    private void challenge(HttpExchange exchange, Order order) throws IOException, JoseException {
        if (order.proof.equals("pending")) {
            String wanted = order.token + "."
                    + JsonWebKey.Factory.newJwk(order.account).calculateBase64urlEncodedThumbprint(THUMBPRINT_HASH);
            String found = fetch(order.host, order.token);
            order.proof = found.equals(wanted) ? "valid" : "invalid";
            order.error = found.equals(wanted) ? null : "Invalid response from http://" + order.host + "/: " + found;
        }
        json(exchange, 200, shown(order));
    }

    /// As the authority's DNS would have it, the host is this machine.
    private String fetch(String host, String token) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), frontDoor)) {
            socket.getOutputStream()
                    .write(("GET /.well-known/acme-challenge/" + token + " HTTP/1.1\r\nHost: " + host
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
        }
    }

    private void finish(HttpExchange exchange, Signed request, String path) throws IOException, Refusal {
        Order order = order(exchange, request, path);
        if (!order.status().equals("ready")) {
            throw new Refusal("orderNotReady", "the order is " + order.status());
        }
        PKCS10CertificationRequest csr = new PKCS10CertificationRequest(
                Base64.getUrlDecoder().decode(request.payload().path("csr").asString()));
        try {
            PublicKey key = new JcaPKCS10CertificationRequest(csr)
                    .setProvider(new BouncyCastleProvider())
                    .getPublicKey();
            order.chain = authority.issue(
                    java.security.KeyFactory.getInstance("EC")
                            .generatePublic(new java.security.spec.X509EncodedKeySpec(key.getEncoded())),
                    List.of(order.host));
        } catch (java.security.GeneralSecurityException e) {
            throw new Refusal("badCSR", "the key can't be read");
        }
        issued++;
        show(exchange, order, 200);
    }

    private String newNonce() {
        String nonce = UUID.randomUUID().toString().replace("-", "");
        nonces.add(nonce);
        return nonce;
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> value) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, status, JSON.writeValueAsString(value));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
