package dev.slipway.runtime.records;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a record begins: its segment and the offset in it. Later records have greater positions. As text,
/// `<segment>-<offset>`.
public record Position(long segment, int offset) implements Comparable<Position> {
    public static final Position START = new Position(0, 0);
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})-([0-9]{1,9})");
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::segment).thenComparingInt(Position::offset);

    /// Empty when it isn't a position's text.
    public static Optional<Position> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Position(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return segment + "-" + offset;
    }
}
