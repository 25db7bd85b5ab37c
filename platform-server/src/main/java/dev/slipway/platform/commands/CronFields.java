package dev.slipway.platform.commands;

import dev.slipway.platform.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The five fields of a line of cron, taken apart. Only what crontab(5) knows is let through: other dialects have
/// more, and mean other things by the same signs. Pure.
record CronFields(String minute, String hour, String day, String month, String weekday) {
    private static final int LONGEST = 200;
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final String MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
    private static final String WEEKDAYS = "SUN|MON|TUE|WED|THU|FRI|SAT";
    private static final Pattern NUMBERS = list("[0-9]{1,2}");
    private static final Pattern MONTH = list("[0-9]{1,2}|" + MONTHS);
    private static final Pattern WEEKDAY = list("[0-7]|" + WEEKDAYS);

    private static Pattern list(String value) {
        String range = "(\\*|(" + value + ")-(" + value + "))(/[1-9][0-9]?)?";
        String item = "(" + range + "|" + value + ")";
        return Pattern.compile(item + "(," + item + ")*");
    }

    /// @throws Problem INVALID with what is wrong
    static CronFields parse(String text) {
        String line = text.strip().toUpperCase(Locale.ROOT);
        if (line.startsWith("@")) {
            String meant = NICKNAMES.get(line.toLowerCase(Locale.ROOT));
            if (meant == null) {
                throw Problem.invalid(
                        "Of cron's short forms there are @hourly, @daily, @weekly, @monthly and @yearly.");
            }
            line = meant;
        }
        String[] fields = line.split("\\s+", -1);
        if (line.length() > LONGEST || fields.length != 5) {
            throw Problem.invalid(
                    "A schedule has five fields: minute, hour, day of the month, month and day of the week, such as"
                            + " \"30 4 * * MON-FRI\"; or it is @daily or the like.");
        }
        return new CronFields(
                fits("minute", NUMBERS, fields[0]),
                fits("hour", NUMBERS, fields[1]),
                fits("day of the month", NUMBERS, fields[2]),
                fits("month", MONTH, fields[3]),
                fits("day of the week", WEEKDAY, fields[4]));
    }

    private static String fits(String name, Pattern pattern, String field) {
        if (!pattern.matcher(field).matches()) {
            throw Problem.invalid(
                    "The " + name + " \"" + field + "\" can't be read: a *, values, ranges (1-5) and steps"
                            + " (*/15, 1-31/2), separated by commas.");
        }
        return field;
    }

    /// Whether it is meant to come regularly, whatever is done to the clock.
    boolean regular() {
        return minute.startsWith("*") || hour.startsWith("*");
    }

    /// With seconds, as Spring wants them. When both days are restricted, either will do, where Spring wants both. A
    /// week begins on Sunday, where Spring's begins on Monday.
    List<String> expressions() {
        String sundayFirst = weekday.replace("SUN-", "0-").replace("*/", "0-6/");
        return day.startsWith("*") || weekday.startsWith("*")
                ? List.of(expression(day, sundayFirst))
                : List.of(expression(day, "*"), expression("*", sundayFirst));
    }

    private String expression(String ofMonth, String ofWeek) {
        return "0 " + minute + " " + hour + " " + ofMonth + " " + month + " " + ofWeek;
    }
}
