package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request's query string asks for.
record LogRequest(LogQuery query, Form form) {
    private static final int USUAL = 500;
    private static final int MOST = 10_000;

    /// How a line looks as text.
    enum Form {
        /// what the instance wrote
        PLAIN,
        /// time, instance and stream before it
        FULL;

        String write(LogLine line) {
            return switch (this) {
                case PLAIN -> line.text();
                case FULL -> line.at() + " " + line.instance() + " " + line.stream() + " " + line.text();
            };
        }
    }

    /// @throws IllegalArgumentException with a sentence
    static LogRequest parse(@Nullable String queryString) {
        Map<String, String> given = parameters(queryString == null ? "" : queryString);
        LogQuery.Filter filter = new LogQuery.Filter(
                given.get("instance"),
                given.containsKey("release") ? number(given, "release") : null,
                given.containsKey("stream") ? choice(given, "stream", LogLine.Stream.class) : null,
                given.get("q"));
        int limit = given.containsKey("limit") ? Math.clamp(number(given, "limit"), 1, MOST) : USUAL;
        LogQuery query = new LogQuery(
                filter,
                instant(given, "since"),
                instant(given, "until"),
                position(given, "after"),
                position(given, "before"),
                given.containsKey("order") ? choice(given, "order", LogQuery.Order.class) : LogQuery.Order.NEWEST,
                limit);
        return new LogRequest(query, given.containsKey("form") ? choice(given, "form", Form.class) : Form.FULL);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> given = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                given.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return given;
    }

    private static int number(Map<String, String> given, String name) {
        String value = String.valueOf(given.get(name));
        if (!value.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(name + " isn't a number");
        }
        return Integer.parseInt(value);
    }

    private static <E extends Enum<E>> E choice(Map<String, String> given, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, String.valueOf(given.get(name)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " isn't one of " + java.util.Arrays.toString(type.getEnumConstants()), e);
        }
    }

    private static @Nullable Instant instant(Map<String, String> given, String name) {
        String value = given.get(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " isn't a time like 2026-11-27T18:00:00Z", e);
        }
    }

    private static @Nullable Position position(Map<String, String> given, String name) {
        String value = given.get(name);
        return value == null
                ? null
                : Position.parse(value)
                        .orElseThrow(() -> new IllegalArgumentException(name + " isn't the id of a line"));
    }
}
