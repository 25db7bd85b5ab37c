package dev.slipway.platform.commands;

import dev.slipway.platform.Problem;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/// When a line of cron is due: minute, hour, day of the month, month, day of the week, as in crontab(5). Spring
/// looks for the times on a clock that is never changed; what is cron's own (either day will do, clocks that are
/// changed) is done here. Pure.
///
/// When clocks go forward, what has a time in the missing hour is due right after it; when they go back, it is due
/// the first time only. A line whose minute or hour begins with `*` is meant to come regularly instead: it is due
/// whenever the clock on the wall shows such a time.
public final class CronLine {
    private static final LocalDateTime LEAP_YEAR = LocalDateTime.of(2024, 1, 1, 0, 0);

    private final List<CronExpression> either;
    private final boolean regular;

    private CronLine(List<CronExpression> either, boolean regular) {
        this.either = either;
        this.regular = regular;
    }

    /// @throws Problem INVALID when it isn't a line of cron, or never due
    public static CronLine parse(String text) {
        CronFields fields = CronFields.parse(text);
        List<CronExpression> either = fields.expressions().stream()
                .map(expression -> parse(text, expression))
                .toList();
        CronLine line = new CronLine(either, fields.regular());
        if (line.nextOnClock(LEAP_YEAR).isEmpty()) {
            throw Problem.invalid("\"" + text.strip() + "\" is never due: there is no such day.");
        }
        return line;
    }

    private static CronExpression parse(String text, String expression) {
        try {
            return CronExpression.parse(expression);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("\"" + text.strip() + "\" has a value that is out of range, or a range that ends"
                    + " before it begins.");
        }
    }

    /// The first time behind `after`.
    public Instant next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        return regular ? nextRegular(after, rules) : nextFixed(after, rules);
    }

    /// The first so many times behind `after`.
    public List<Instant> next(Instant after, ZoneId zone, int count) {
        List<Instant> times = new ArrayList<>();
        for (Instant time = after; times.size() < count; ) {
            time = next(time, zone);
            times.add(time);
        }
        return times;
    }

    /// From change to change of the clock: between them it is an ordinary one.
    private Instant nextRegular(Instant after, ZoneRules rules) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime clock = LocalDateTime.ofInstant(after, offset);
        ZoneOffsetTransition change = rules.nextTransition(after);
        while (true) {
            Instant candidate = nextOnClock(clock).orElseThrow().toInstant(offset);
            if (change == null || candidate.isBefore(change.getInstant())) {
                return candidate;
            }
            offset = change.getOffsetAfter();
            clock = change.getDateTimeAfter().minusNanos(1);
            change = rules.nextTransition(change.getInstant());
        }
    }

    private Instant nextFixed(Instant after, ZoneRules rules) {
        LocalDateTime clock = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            clock = nextOnClock(clock).orElseThrow();
            Instant candidate = instant(clock, rules);
            if (candidate.isAfter(after)) {
                return candidate;
            }
        }
    }

    private static Instant instant(LocalDateTime clock, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(clock);
        return change != null && change.isGap()
                ? change.getInstant()
                : clock.toInstant(rules.getValidOffsets(clock).getFirst());
    }

    private Optional<LocalDateTime> nextOnClock(LocalDateTime after) {
        return either.stream()
                .map(expression -> expression.next(after))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }
}
