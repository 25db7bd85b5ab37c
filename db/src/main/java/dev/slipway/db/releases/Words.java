package dev.slipway.db.releases;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Commands as one line of text, and as the argument list that is run. There is no shell: no variables, no
/// pipes, no wildcards; quotes and backslashes only keep together what belongs together. Pure.
public final class Words {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private Words(String line) {
        this.line = line;
    }

    /// Splits as a POSIX shell would: 'as it is', "with \" and \\", and \ before a single character.
    ///
    /// @throws IllegalArgumentException with a message for the user when a quote isn't closed
    public static List<String> split(String line) {
        Words words = new Words(line);
        while (words.at < line.length()) {
            words.step(line.charAt(words.at++));
        }
        words.end();
        return List.copyOf(words.words);
    }

    /// A line that [#split] makes these words of.
    public static String join(List<String> words) {
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private void step(char c) {
        switch (c) {
            case ' ', '\t', '\n', '\r' -> end();
            case '\'' -> quoted('\'');
            case '"' -> quoted('"');
            case '\\' -> add(next("A \\ at the end has nothing behind it."));
            default -> add(c);
        }
    }

    private void quoted(char quote) {
        inWord = true;
        String unclosed = "The quote " + quote + " isn't closed.";
        for (char c = next(unclosed); c != quote; c = next(unclosed)) {
            boolean escapes = c == '\\' && quote == '"' && at < line.length() && "\"\\".indexOf(line.charAt(at)) >= 0;
            add(escapes ? next(unclosed) : c);
        }
    }

    private char next(String otherwise) {
        if (at >= line.length()) {
            throw new IllegalArgumentException(otherwise);
        }
        return line.charAt(at++);
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
