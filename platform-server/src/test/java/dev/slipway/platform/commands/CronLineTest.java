package dev.slipway.platform.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.Problem;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronLineTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> times(String line, String after, ZoneId zone, int count) {
        return CronLine.parse(line).next(LocalDateTime.parse(after).toInstant(ZoneOffset.UTC), zone, count).stream()
                .map(time -> time.atZone(zone).toOffsetDateTime().toString())
                .toList();
    }

    /// 27 November 2026 is a Friday.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *            | 2026-11-27T10:00 2026-11-27T10:01
            */15 * * * *         | 2026-11-27T10:00 2026-11-27T10:15 2026-11-27T10:30
            0-30/10 * * * *      | 2026-11-27T10:00 2026-11-27T10:10 2026-11-27T10:20 2026-11-27T10:30 2026-11-27T11:00
            5,55 9-10 * * *      | 2026-11-27T10:05 2026-11-27T10:55 2026-11-28T09:05
            30 4 * * *           | 2026-11-28T04:30 2026-11-29T04:30
            0 12 * * MON-FRI     | 2026-11-27T12:00 2026-11-30T12:00
            0 12 * * mon-fri     | 2026-11-27T12:00 2026-11-30T12:00
            0 0 * * 0            | 2026-11-29T00:00 2026-12-06T00:00
            0 0 * * 7            | 2026-11-29T00:00 2026-12-06T00:00
            0 0 * * SUN-TUE      | 2026-11-29T00:00 2026-11-30T00:00 2026-12-01T00:00 2026-12-06T00:00
            0 0 * * FRI-SUN      | 2026-11-28T00:00 2026-11-29T00:00 2026-12-04T00:00
            0 0 * * 5-7          | 2026-11-28T00:00 2026-11-29T00:00 2026-12-04T00:00
            0 0 * * */2          | 2026-11-28T00:00 2026-11-29T00:00 2026-12-01T00:00 2026-12-03T00:00 2026-12-05T00:00
            0 0 * * */3          | 2026-11-28T00:00 2026-11-29T00:00 2026-12-02T00:00 2026-12-05T00:00 2026-12-06T00:00
            0 0 * * */7          | 2026-11-29T00:00 2026-12-06T00:00
            0 0 1 JAN,JUL *      | 2027-01-01T00:00 2027-07-01T00:00
            0 0 1-31/10 * *      | 2026-12-01T00:00 2026-12-11T00:00 2026-12-21T00:00 2026-12-31T00:00 2027-01-01T00:00
            0 0 31 * *           | 2026-12-31T00:00 2027-01-31T00:00 2027-03-31T00:00
            0 0 29 2 *           | 2028-02-29T00:00 2032-02-29T00:00
            0 0 13 * FRI         | 2026-12-04T00:00 2026-12-11T00:00 2026-12-13T00:00 2026-12-18T00:00
            0 0 */2 * MON        | 2026-12-07T00:00 2026-12-21T00:00 2027-01-11T00:00
            @hourly              | 2026-11-27T10:00 2026-11-27T11:00
            @daily               | 2026-11-28T00:00 2026-11-29T00:00
            @midnight            | 2026-11-28T00:00 2026-11-29T00:00
            @weekly              | 2026-11-29T00:00 2026-12-06T00:00
            @Monthly             | 2026-12-01T00:00 2027-01-01T00:00
            @yearly              | 2027-01-01T00:00 2028-01-01T00:00
            @annually            | 2027-01-01T00:00 2028-01-01T00:00
            """)
    void aLineIsDueAtTheTimesOfCrontab(String line, String due) {
        List<String> expected = List.of(due.split(" "));
        assertThat(times(line, "2026-11-27T09:59:59", ZoneOffset.UTC, expected.size()))
                .isEqualTo(expected.stream().map(time -> time + "Z").toList());
    }

    /// In Berlin clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *   | 2026-03-28T00:00 | 2026-03-28T02:30+01:00 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00
            0,30 2 * * * | 2026-03-28T22:00 | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00
            30 2,3 * * * | 2026-03-28T22:00 | 2026-03-29T03:00+02:00 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00
            0 3 * * *    | 2026-03-28T22:00 | 2026-03-29T03:00+02:00 2026-03-30T03:00+02:00
            */30 * * * * | 2026-03-29T00:00 | 2026-03-29T01:30+01:00 2026-03-29T03:00+02:00 2026-03-29T03:30+02:00
            10 * * * *   | 2026-03-29T00:00 | 2026-03-29T01:10+01:00 2026-03-29T03:10+02:00
            */30 2 * * * | 2026-03-28T22:00 | 2026-03-30T02:00+02:00 2026-03-30T02:30+02:00
            30 2 * * *   | 2026-10-24T22:00 | 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            30 2 * * *   | 2026-10-25T01:05 | 2026-10-26T02:30+01:00
            0 3 * * *    | 2026-10-24T22:00 | 2026-10-25T03:00+01:00 2026-10-26T03:00+01:00
            */30 2 * * * | 2026-10-24T22:00 | 2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-25T02:00+01:00 2026-10-25T02:30+01:00 2026-10-26T02:00+01:00
            10 * * * *   | 2026-10-25T00:00 | 2026-10-25T02:10+02:00 2026-10-25T02:10+01:00 2026-10-25T03:10+01:00
            """)
    void whenClocksAreChanged(String line, String after, String due) {
        List<String> expected = List.of(due.split(" "));
        assertThat(times(line, after, BERLIN, expected.size())).isEqualTo(expected);
    }

    @Test
    void aZoneThatIsLessThanAnHourOffIsMeantToo() {
        assertThat(times("0 9 * * *", "2026-11-27T00:00", ZoneId.of("Asia/Kathmandu"), 1))
                .containsExactly("2026-11-27T09:00+05:45");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "* * * * MONDAY",
                "10-5 * * * *",
                "*/0 * * * *",
                "5/15 * * * *",
                "* * L * *",
                "* * 15W * *",
                "* * * * 5#2",
                "* * ? * *",
                "1,,2 * * * *",
                "-1 * * * *",
                "0 0 31 2 *",
                "@reboot",
                "@fortnightly",
                "$(date) * * * *"
            })
    void whatCrontabDoesntKnowIsRefusedWithASentence(String line) {
        assertThatThrownBy(() -> CronLine.parse(line))
                .isInstanceOf(Problem.class)
                .message()
                .endsWith(".");
    }
}
