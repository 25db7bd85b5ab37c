package dev.slipway.runtime.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Docker Engine's API (docs.docker.com/reference/api/engine) as requests and answers. Thread-safe; each
/// request has a connection of its own, which costs the engine's Unix socket 0.1 ms.
final class DockerApi implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ANSWER_LIMIT = 8 << 20;
    private static final int LINE_LIMIT = 1 << 20;
    private static final int MESSAGE_LIMIT = 1000;
    /// Version 1.41 is that of Engine 20.10; 1.44 is that of 25 and the oldest which 29 still speaks.
    private static final int OLDEST = 41;
    private static final int NEWEST = 44;
    private static final Pattern VERSION = Pattern.compile("1\\.([0-9]{1,3})");

    private final DockerHost host;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String version;
    private volatile boolean closed;

    DockerApi(DockerHost host) {
        this.host = host;
    }

    /// What is done with the API within [#call].
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// Turns what went wrong into our exceptions, in one place.
    ///
    /// @param what is being done, for the message: "start a container"
    static <T> T call(String what, Work<T> work) {
        try {
            return work.run();
        } catch (Refusal e) {
            throw new EngineException.Refused("Docker couldn't " + what + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException.Unavailable(
                    "Docker doesn't answer (couldn't " + what + ": " + reason(e) + ")", e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case ClosedByInterruptException interrupted -> "interrupted";
            case ClosedChannelException closed -> "the connection was closed";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /// Asks the engine which version of the API to speak: by the first request if not before. The engine may
    /// have been replaced whenever it was away.
    String agreeOnVersion() throws IOException {
        try (Exchange ping = exchange("", Request.get("/_ping"))) {
            Matcher offered = VERSION.matcher(ping.answer().field("Api-Version").orElse(""));
            int minor = offered.matches() ? Integer.parseInt(offered.group(1)) : OLDEST;
            String agreed = "/v1." + Math.clamp(minor, OLDEST, NEWEST);
            version = agreed;
            return agreed;
        }
    }

    /// Sends a request and reads the whole answer: JSON, or nothing, which is a missing node.
    JsonNode send(Request request) throws IOException {
        try (Exchange exchange = stream(request)) {
            byte[] body = exchange.body().readNBytes(ANSWER_LIMIT + 1);
            if (body.length > ANSWER_LIMIT) {
                throw new IOException("its answer has more than " + (ANSWER_LIMIT >> 20) + " MiB");
            }
            return json(body);
        }
    }

    /// Sends a request; empty when the engine answers with one of these statuses.
    Optional<JsonNode> sendUnless(Request request, int... harmless) throws IOException {
        try {
            return Optional.of(send(request));
        } catch (Refusal e) {
            if (e.is(harmless)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Sends a request whose answer the caller reads.
    Exchange stream(Request request) throws IOException {
        String agreed = version;
        return exchange(agreed == null ? agreeOnVersion() : agreed, request);
    }

    private Exchange exchange(String prefix, Request request) throws IOException {
        Connection connection = Connection.open(host, request.patience(), open);
        try {
            if (closed) {
                throw new IOException("the runtime tier is stopping");
            }
            Answer answer = connection.ask(request.bytes(prefix));
            if (answer.status() >= 300) {
                throw refusal(answer);
            }
            return new Exchange(connection, answer);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Refusal refusal(Answer answer) throws IOException {
        byte[] body = answer.body().readNBytes(LINE_LIMIT);
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String words = text.startsWith("{") ? json(body).path("message").asString("") : text;
        return new Refusal(answer.status(), sentence(words.isEmpty() ? "HTTP " + answer.status() : words));
    }

    /// The engine's own words in one line, at a length that a message bears.
    static String sentence(String words) {
        String line = words.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= MESSAGE_LIMIT ? line : line.substring(0, MESSAGE_LIMIT) + "…";
    }

    /// The next of a stream's JSON lines; null at its end.
    static @Nullable JsonNode nextLine(InputStream stream) throws IOException {
        String line = Lines.next(stream, LINE_LIMIT).orElse(null);
        return line == null ? null : json(line.getBytes(StandardCharsets.UTF_8));
    }

    /// What the parser would say may quote an answer's secrets.
    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("its answer isn't JSON");
        }
    }

    /// Ends all requests under way.
    @Override
    public void close() {
        closed = true;
        open.forEach(Connection::close);
    }

    /// A request that was answered with success.
    record Exchange(Connection connection, Answer answer) implements AutoCloseable {
        InputStream body() {
            return answer.body();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
