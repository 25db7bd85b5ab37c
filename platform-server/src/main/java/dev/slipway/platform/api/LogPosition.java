package dev.slipway.platform.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How much of a build's log a watcher has: all lines of `attempt` before `nextLine`. As the id of a
/// server-sent event it is `<attempt>-<number of the last line>`, which browsers send back (`Last-Event-ID`)
/// when they connect again.
record LogPosition(int attempt, int nextLine) {
    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

    static final LogPosition START = new LogPosition(0, 0);

    /// The start when there is no such header, or nothing that we sent.
    static LogPosition after(@Nullable String lastEventId) {
        Matcher id = ID.matcher(lastEventId == null ? "" : lastEventId.strip());
        return id.matches() ? new LogPosition(Integer.parseInt(id.group(1)), Integer.parseInt(id.group(2)) + 1) : START;
    }

    /// The first line to send of `present`: a new attempt has a log of its own.
    int from(int present) {
        return present == attempt ? nextLine : 0;
    }

    String id() {
        return attempt + "-" + (nextLine - 1);
    }
}
