package dev.slipway.platform.config;

import dev.slipway.platform.Problem;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The `.env` form: `NAME=value` a line. Empty lines and lines that begin with `#` are skipped, `export` before the
/// name too. A value without quotes ends with the line, or before a `#` that follows a blank, and doesn't begin with
/// `#`: programs disagree on whether that is a comment. In single quotes it is taken as it is; in double quotes `\n`,
/// `\r`, `\t`, `\"`, `\\` and `\$` are replaced; both may go over several lines. Nothing is substituted.
public final class DotEnv {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");

    private DotEnv() {}

    /// Line ends may be of any system; within values they come out as `\n`.
    ///
    /// @throws Problem INVALID with the number of the line; never with what stands there, which may be a secret
    public static Map<String, String> parse(String text) {
        return new DotEnvReader(text).read();
    }

    /// In the order of the names. [#parse] gives the same variables back, and so does a shell that sources it as long
    /// as no value has line ends or other control characters in it.
    public static String write(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    /// What there is without the values, as comments: read again it changes nothing.
    public static String names(Iterable<String> names) {
        StringBuilder text = new StringBuilder("# The names of the variables; their values are never shown.\n");
        names.forEach(name -> text.append("# ").append(name).append("=\n"));
        return text.toString();
    }

    private static String quoted(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        boolean literal = value.indexOf('\'') < 0 && value.chars().noneMatch(c -> c < ' ');
        return literal ? "'" + value + "'" : '"' + escaped(value) + '"';
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (char c : value.toCharArray()) {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '"', '\\', '$', '`' -> text.append('\\').append(c);
                default -> text.append(c);
            }
        }
        return text.toString();
    }
}
