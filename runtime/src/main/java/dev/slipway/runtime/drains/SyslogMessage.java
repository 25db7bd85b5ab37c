package dev.slipway.runtime.drains;

import dev.slipway.runtime.logs.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// A line as a message of syslog (RFC 5424): the app as the application, the instance as the process, the stream as
/// the message's id.
final class SyslogMessage {
    /// local0, by severity: informational, error, notice.
    private static final int INFO = 134;

    private static final int ERROR = 131;
    private static final int NOTICE = 133;
    private static final int LONGEST_PROCESS = 128;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");

    private SyslogMessage() {}

    static byte[] of(String host, String app, LogLine line) {
        String instance = line.instance();
        String process = instance.isEmpty() ? "-" : instance.substring(0, Math.min(instance.length(), LONGEST_PROCESS));
        String message = "<" + priority(line.stream()) + ">1 " + line.at().truncatedTo(ChronoUnit.MICROS) + " " + host
                + " " + app + " " + process + " " + line.stream() + " - " + plain(line.text());
        return message.getBytes(StandardCharsets.UTF_8);
    }

    /// Without colours.
    static String plain(String text) {
        return text.indexOf('\u001b') < 0 ? text : COLOUR.matcher(text).replaceAll("");
    }

    private static int priority(LogLine.Stream stream) {
        return switch (stream) {
            case STDOUT, ACCESS -> INFO;
            case STDERR -> ERROR;
            case PLATFORM -> NOTICE;
        };
    }
}
