package dev.slipway.runtime.logs;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes an instance's bytes harmless text: UTF-8, colours and tabs stay; what else moves a terminal's cursor or
/// changes its state is taken out.
final class LineText {
    /// Longer lines are cut there.
    static final int LONGEST = 64 << 10;
    /// A colour (ECMA-48, 8.3.117), which stays; any other control sequence; a single control character.
    private static final Pattern CONTROL = Pattern.compile("(\u001b\\[[0-9;:]{0,64}m)"
            + "|\u001b\\[[0-?]*[ -/]*[@-~]"
            + "|\u001b[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
            + "|\u001b[ -/]*[0-~]?"
            + "|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]");

    private LineText() {}

    /// @param cut how many bytes the line had beyond
    static String of(byte[] bytes, int length, long cut) {
        String text = isPlain(bytes, length)
                ? new String(bytes, 0, length, StandardCharsets.US_ASCII)
                : clean(new String(bytes, 0, length, StandardCharsets.UTF_8));
        return cut == 0 ? text : text + " … " + String.format(java.util.Locale.ROOT, "%,d", cut) + " bytes more";
    }

    private static boolean isPlain(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < ' ' && bytes[i] != '\t' || bytes[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String clean(String text) {
        // progress bars go back to the line's beginning and write over it
        String passes = text.stripTrailing().replace('\r', ' ');
        return CONTROL.matcher(passes)
                .replaceAll(found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)));
    }
}
