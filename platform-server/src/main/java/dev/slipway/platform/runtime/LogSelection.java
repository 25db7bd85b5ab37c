package dev.slipway.platform.runtime;

import dev.slipway.platform.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which lines of an app's log are wanted. Nulls leave it open.
///
/// @param since, until times in ISO 8601
/// @param tail how many lines
/// @param stream STDOUT, STDERR, ACCESS for requests that were written down, or PLATFORM for what the platform says
/// about lines that are missing
/// @param q part of the text, in either case
/// @param before, after ids of lines: those before the one, or those behind the other, the oldest first
public record LogSelection(
        @Nullable String since,
        @Nullable String until,
        @Nullable Integer tail,
        @Nullable String instance,
        @Nullable Integer release,
        @Nullable String stream,
        @Nullable String q,
        @Nullable String before,
        @Nullable String after) {
    static final int MOST_LINES = 10_000;
    private static final int LONGEST_SEARCH = 200;

    private void check() {
        time("since", since);
        time("until", until);
        if (tail != null && (tail < 1 || tail > MOST_LINES)) {
            throw Problem.invalid("tail must be between 1 and " + MOST_LINES + ".");
        }
        if (q != null && q.length() > LONGEST_SEARCH) {
            throw Problem.invalid("q can have " + LONGEST_SEARCH + " characters.");
        }
        fits("stream", stream, "STDOUT|STDERR|ACCESS|PLATFORM", "STDOUT, STDERR, ACCESS or PLATFORM");
        fits("instance", instance, "[a-z0-9.-]{1,160}", "an instance's id");
        fits("before", before, "[0-9]{1,15}-[0-9]{1,9}", "the id of a line");
        fits("after", after, "[0-9]{1,15}-[0-9]{1,9}", "the id of a line");
    }

    private static void time(String name, @Nullable String value) {
        try {
            if (value != null) {
                Instant.parse(value);
            }
        } catch (DateTimeException e) {
            throw Problem.invalid(name + " must be a time like 2026-11-27T18:00:00Z.");
        }
    }

    private static void fits(String name, @Nullable String value, String pattern, String what) {
        if (value != null && !value.matches(pattern)) {
            throw Problem.invalid(name + " must be " + what + ".");
        }
    }

    /// The last lines of one instance.
    public static LogSelection of(String instance, int tail) {
        return new LogSelection(null, null, tail, instance, null, null, null, null, null);
    }

    /// The same from behind a line, when there is one.
    public LogSelection after(@Nullable String line) {
        return line == null ? this : new LogSelection(since, until, tail, instance, release, stream, q, before, line);
    }

    /// As the runtime tier wants it.
    ///
    /// @param order of which lines when there are too many: NEWEST or OLDEST
    /// @param form of text: PLAIN or FULL
    /// @throws Problem INVALID when something can't be meant
    String query(String order, String form) {
        check();
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("order", order);
        parameters.put("form", form);
        parameters.put("since", since);
        parameters.put("until", until);
        parameters.put("limit", tail);
        parameters.put("instance", instance);
        parameters.put("release", release);
        parameters.put("stream", stream);
        parameters.put("q", q);
        parameters.put("before", before);
        parameters.put("after", after);
        return parameters.entrySet().stream()
                .filter(e -> e.getValue() != null)
                .map(e -> e.getKey() + "=" + URLEncoder.encode(String.valueOf(e.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
