package dev.slipway.worker.buildkit;

import java.util.regex.Pattern;

/// What a terminal would have made of a line.
final class Terminal {
    private static final int LINE_LIMIT = 4_096;
    /// Control sequences but colours (SGR, which end in `m`), operating system commands, other escapes, other
    /// control characters but tab.
    private static final Pattern INVISIBLE = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-ln-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[^\\[\\]]|[\\x00-\\x08\\x0B-\\x1A\\x1C-\\x1F\\x7F]");

    private Terminal() {}

    /// The line as it looks in the end: of a line that was rewritten by carriage returns the last state, with
    /// colours but without cursor movements.
    static String tidy(String line) {
        String last = line;
        if (line.indexOf('\r') >= 0) {
            String[] states = line.split("\r");
            last = states.length == 0 ? "" : states[states.length - 1];
        }
        String visible = needsTidying(last) ? INVISIBLE.matcher(last).replaceAll("") : last;
        return visible.length() <= LINE_LIMIT
                ? visible
                : visible.substring(0, LINE_LIMIT) + " … (" + (visible.length() - LINE_LIMIT) + " characters more)";
    }

    private static boolean needsTidying(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) == '\u007F') {
                return true;
            }
        }
        return false;
    }
}
