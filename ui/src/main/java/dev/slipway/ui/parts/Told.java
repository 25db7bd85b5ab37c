package dev.slipway.ui.parts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a failure's message tells: a sentence, and the program's last lines where there are some ("… Last
/// lines:" and then they).
public record Told(String sentence, String lines) {
    private static final Pattern LAST_LINES = Pattern.compile("\\s*Last lines?:\\s");

    public static Told of(@Nullable String message) {
        if (message == null) {
            return new Told("", "");
        }
        Matcher matcher = LAST_LINES.matcher(message);
        return matcher.find()
                ? new Told(
                        message.substring(0, matcher.start()).strip(),
                        message.substring(matcher.end()).stripTrailing())
                : new Told(message.strip(), "");
    }

    /// The lines told, or else `otherwise`.
    public Told orLines(String otherwise) {
        return lines.isEmpty() ? new Told(sentence, otherwise) : this;
    }
}
