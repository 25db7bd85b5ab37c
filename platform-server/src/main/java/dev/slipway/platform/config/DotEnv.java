package dev.slipway.platform.config;

import dev.slipway.platform.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `.env` form: `NAME=value` a line. Empty lines and lines that begin with `#` are skipped, `export` before the
/// name too. A value in single quotes is taken as it is; in double quotes `\n`, `\"`, `\\` and `\$` are replaced;
/// nothing is substituted.
public final class DotEnv {
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([^=\\s]+)\\s*=\\s*(.*)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private DotEnv() {}

    /// @throws Problem INVALID with the number of the line; never with what stands there, which may be a secret
    public static Map<String, String> parse(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        int number = 0;
        for (String raw : text.split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw Problem.invalid("Line " + number + " isn't of the form NAME=value.");
            }
            variables.put(matcher.group(1), value(matcher.group(2), number));
        }
        return variables;
    }

    private static String value(String written, int line) {
        char quote = written.isEmpty() ? 0 : written.charAt(0);
        if (quote != '"' && quote != '\'') {
            return written.replaceFirst("\\s+#.*", "");
        }
        if (written.length() < 2 || written.charAt(written.length() - 1) != quote) {
            throw Problem.invalid("Line " + line + " begins a value with " + quote + " but doesn't end it so.");
        }
        String inside = written.substring(1, written.length() - 1);
        return quote == '\''
                ? inside
                : ESCAPE.matcher(inside)
                        .replaceAll(m -> Matcher.quoteReplacement(m.group(1).equals("n") ? "\n" : m.group(1)));
    }
}
