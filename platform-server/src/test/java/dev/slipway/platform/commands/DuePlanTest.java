package dev.slipway.platform.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuePlanTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final long NIGHTLY = 5;

    /// `open`: a run's id, behind it `*` when it is being cancelled and `/` when it is another schedule's.
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            SKIP    | RUN_ONCE |     0 |           | -               | start
            SKIP    | RUN_ONCE |     0 | 8/ 9/     | -               | start
            SKIP    | RUN_ONCE |     0 | 7         | -               | skip: its run 7 hadn't ended
            SKIP    | RUN_ONCE |     0 | 7*        | -               | skip: its run 7 hadn't ended
            ALLOW   | RUN_ONCE |     0 | 7 9       | -               | start
            REPLACE | RUN_ONCE |     0 | 7 8/ 9    | -               | start instead of 7 9
            REPLACE | RUN_ONCE |     0 | 7* 9      | -               | start instead of 9
            REPLACE | RUN_ONCE |     0 |           | -               | start
            ALLOW   | RUN_ONCE |     0 |           | nothing is live | skip: nothing is live
            REPLACE | RUN_ONCE |     0 | 7         | too many        | skip: too many
            SKIP    | RUN_ONCE | 36000 |           | -               | start
            SKIP    | SKIP     |   120 |           | -               | start
            SKIP    | SKIP     |   121 |           | -               | skip: the platform was down
            REPLACE | SKIP     | 36000 | 7         | -               | skip: the platform was down
            """)
    void whatBecomesOfWhatIsDue(
            Overlap overlap,
            Missed missed,
            int secondsLate,
            @Nullable String open,
            @Nullable String refusal,
            String expected) {
        Schedule due = new Schedule(
                NIGHTLY,
                1,
                new ScheduleSettings("nightly", "0 4 * * *", "UTC", List.of("backup"), 60, overlap, missed),
                NOW.minusSeconds(secondsLate),
                null,
                null,
                "ada",
                NOW);
        assertThat(words(DuePlan.of(due, NOW, runs(open), refusal))).isEqualTo(expected);
    }

    private static String words(DuePlan plan) {
        return switch (plan) {
            case DuePlan.Skip(String why) -> "skip: " + why;
            case DuePlan.Start(List<Run> cancelled) ->
                cancelled.isEmpty()
                        ? "start"
                        : "start instead of "
                                + cancelled.stream()
                                        .map(run -> Long.toString(run.id()))
                                        .collect(Collectors.joining(" "));
        };
    }

    private static List<Run> runs(@Nullable String open) {
        return open == null
                ? List.of()
                : Stream.of(open.split(" ")).map(DuePlanTest::run).toList();
    }

    private static Run run(String text) {
        return new Run(
                Long.parseLong(text.replaceAll("[^0-9]", "")),
                1,
                1,
                Run.Kind.SCHEDULED,
                List.of("backup"),
                60,
                RunState.RUNNING,
                null,
                null,
                null,
                "slipway",
                NOW,
                NOW,
                null,
                text.endsWith("/") ? NIGHTLY + 1 : NIGHTLY,
                text.endsWith("*") ? "ada" : null);
    }
}
