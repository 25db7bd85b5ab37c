package dev.slipway.platform.config;

import dev.slipway.platform.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one `.env` text from its beginning to its end.
final class DotEnvReader {
    private static final Pattern NAME =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*");
    private static final Pattern SKIPPED = Pattern.compile("(?s)[ \\t]*(?:#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(?s)(?<![^ \\t])#.*");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private int at;
    private int line = 1;

    DotEnvReader(String text) {
        String unmarked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        this.text = unmarked.replace("\r\n", "\n").replace('\r', '\n');
    }

    /// The last of a name counts.
    Map<String, String> read() {
        Map<String, String> variables = new LinkedHashMap<>();
        while (at < text.length()) {
            if (!skipLine()) {
                variables.put(name(), value());
            }
        }
        return variables;
    }

    /// Goes past the present line when nothing is in it.
    private boolean skipLine() {
        boolean empty = SKIPPED.matcher(text.substring(at, endOfLine())).matches();
        if (empty) {
            nextLine();
        }
        return empty;
    }

    private String name() {
        Matcher matcher = NAME.matcher(text).region(at, endOfLine());
        if (!matcher.lookingAt()) {
            throw Problem.invalid("Line " + line
                    + " isn't of the form NAME=value. A name has letters, digits and _, and doesn't begin with a digit;"
                    + " a value of several lines stands in quotes.");
        }
        at = matcher.end();
        return matcher.group(1);
    }

    private String value() {
        char first = at < text.length() ? text.charAt(at) : '\n';
        if (first == '"' || first == '\'') {
            return quoted(first);
        }
        if (first == '#' && text.charAt(at - 1) == '=') {
            throw Problem.invalid(
                    "Line " + line
                            + " begins a value with #. Put the value in quotes, or a blank before the # if it begins a comment.");
        }
        String rest = text.substring(at, endOfLine());
        nextLine();
        return COMMENT.matcher(rest).replaceFirst("").stripTrailing();
    }

    private String quoted(char quote) {
        int begun = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && quote == '"' && at < text.length()) {
                c = unescaped(text.charAt(at++));
            }
            value.append(c);
            line += text.charAt(at - 1) == '\n' ? 1 : 0;
        }
        if (at == text.length()) {
            throw Problem.invalid("Line " + begun + " begins a value with " + quote + " that never ends so.");
        }
        at++;
        if (!SKIPPED.matcher(text.substring(at, endOfLine())).matches()) {
            throw Problem.invalid(
                    "Line " + line + " goes on after the " + quote
                            + " that ends the value. Within double quotes it is written as \\\", within single quotes it can't be.");
        }
        nextLine();
        return value.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void nextLine() {
        at = Math.min(endOfLine() + 1, text.length());
        line++;
    }
}
