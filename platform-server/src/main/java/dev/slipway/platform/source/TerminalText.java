package dev.slipway.platform.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a line of a build's output safe to show on somebody's terminal: of its control sequences only colours
/// are left, and it is cut.
final class TerminalText {
    static final int LENGTH_LIMIT = 2_000;

    private static final String ESCAPE = "\u001b";
    private static final String RESET = ESCAPE + "[0m";
    /// Colours and bold; whole control sequences; operating system commands and other strings up to their end;
    /// what is left over of any.
    private static final Pattern SEQUENCE = Pattern.compile("(?<colour>\u001b\\[[0-9;:]{0,40}m)"
            + "|[\u001b]\\[[0-?]*[ -/]*[@-~]"
            + "|[\u001b][PX\\]^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
            + "|[\u001b][ -/]*[0-~]?"
            + "|[\\p{Cc}&&[^\t]]"
            // Unicode's marks that turn or hide the text around them
            + "|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]");

    private TerminalText() {}

    static String clean(String line) {
        Matcher sequence = SEQUENCE.matcher(lastState(line));
        StringBuilder clean = new StringBuilder();
        boolean coloured = false;
        while (sequence.find()) {
            String colour = sequence.group("colour");
            coloured |= colour != null;
            sequence.appendReplacement(clean, colour == null ? "" : Matcher.quoteReplacement(colour));
        }
        sequence.appendTail(clean);
        String cut = cut(clean);
        return coloured ? cut + RESET : cut;
    }

    /// What a terminal would show of a line that was written over itself, such as a progress bar.
    private static String lastState(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return text.substring(text.lastIndexOf('\r') + 1);
    }

    private static String cut(StringBuilder line) {
        if (line.length() <= LENGTH_LIMIT) {
            return line.toString();
        }
        int end = Character.isHighSurrogate(line.charAt(LENGTH_LIMIT - 1)) ? LENGTH_LIMIT - 1 : LENGTH_LIMIT;
        int escape = line.lastIndexOf(ESCAPE, end);
        boolean splitsColour = escape >= 0 && line.indexOf("m", escape) >= end;
        return line.substring(0, splitsColour ? escape : end) + " … (" + (line.length() - end) + " more characters)";
    }
}
