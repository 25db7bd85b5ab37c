package dev.slipway.runtime.logs;

import dev.slipway.runtime.records.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which lines of an app's log are wanted. Nulls leave it open.
///
/// @param since lines of then or later
/// @param until lines before
/// @param after lines behind this one
/// @param before lines before this one
/// @param order which lines when there are more than `limit`; they come oldest first anyway
public record LogQuery(
        Filter filter,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Position after,
        @Nullable Position before,
        Order order,
        int limit) {

    public enum Order {
        NEWEST,
        OLDEST
    }

    /// @param contains part of the text, in either case (of ASCII's letters)
    public record Filter(
            @Nullable String instance,
            @Nullable Integer release,
            LogLine.@Nullable Stream stream,
            @Nullable String contains) {
        public static final Filter ALL = new Filter(null, null, null, null);

        /// Whatever its text is.
        boolean fits(LogLine line) {
            return (instance == null || instance.equals(line.instance()))
                    && (release == null || release == line.release())
                    && (stream == null || stream == line.stream() || line.stream() == LogLine.Stream.PLATFORM);
        }

        /// Null when every text will do.
        @Nullable
        Needle needle() {
            return contains == null || contains.isEmpty() ? null : new Needle(contains);
        }
    }

    /// The newest so many lines.
    public static LogQuery last(int limit) {
        return new LogQuery(Filter.ALL, null, null, null, null, Order.NEWEST, limit);
    }

    /// The oldest so many lines, behind one that was read or, before any was, of `since` or later.
    public static LogQuery next(@Nullable Position after, Instant since, int limit) {
        return new LogQuery(Filter.ALL, after == null ? since : null, null, after, null, Order.OLDEST, limit);
    }

    LogQuery after(Position last) {
        return new LogQuery(filter, since, until, last, before, order, limit);
    }

    /// The newest lines up to there.
    LogQuery before(Position end) {
        return new LogQuery(filter, since, until, after, end, Order.NEWEST, limit);
    }

    boolean fits(Position at, Instant time) {
        return (since == null || !time.isBefore(since))
                && (until == null || time.isBefore(until))
                && (after == null || at.compareTo(after) > 0)
                && (before == null || at.compareTo(before) < 0);
    }

    /// Text to look for among UTF-8 bytes, ASCII's letters in either case.
    static final class Needle {
        private final byte[] bytes;

        Needle(String text) {
            this.bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = fold(bytes[i]);
            }
        }

        boolean isIn(String text) {
            byte[] hay = text.getBytes(StandardCharsets.UTF_8);
            return isIn(hay, 0, hay.length);
        }

        boolean isIn(byte[] hay, int from, int to) {
            for (int at = from; at <= to - bytes.length; at++) {
                int i = 0;
                while (i < bytes.length && fold(hay[at + i]) == bytes[i]) {
                    i++;
                }
                if (i == bytes.length) {
                    return true;
                }
            }
            return false;
        }

        private static byte fold(byte b) {
            return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
        }
    }
}
