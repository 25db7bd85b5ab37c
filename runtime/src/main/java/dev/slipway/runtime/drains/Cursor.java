package dev.slipway.runtime.drains;

import dev.slipway.runtime.logs.AppLogs;
import dev.slipway.runtime.logs.LogExtent;
import dev.slipway.runtime.logs.LogLine;
import dev.slipway.runtime.logs.LogQuery;
import dev.slipway.runtime.records.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A place in an app's log, and what comes next there. Used by one thread but for [#behind].
final class Cursor {
    private final AppLogs logs;
    private final long appId;
    private final Instant since;
    private volatile @Nullable Position at;
    /// Up to there all was read.
    private @Nullable Position seen;

    private long lost;
    private boolean anew;

    /// @param at the last line that arrived; null before the first
    /// @param since where it begins then
    Cursor(AppLogs logs, long appId, @Nullable Position at, Instant since) {
        this.logs = logs;
        this.appId = appId;
        this.at = at;
        this.since = since;
    }

    @Nullable
    Position at() {
        return at;
    }

    /// About how many bytes are still to be sent.
    long behind() {
        Position present = at;
        return present == null ? 0 : logs.extent(appId, present).behind();
    }

    /// What comes next; before it a word about what is gone, if something is.
    List<LogLine> next(int most) throws IOException, InterruptedException {
        LogExtent extent = logs.extent(appId, at);
        if (extent.end().equals(seen)) {
            return List.of();
        }
        if (at != null && at.compareTo(extent.end()) > 0) {
            // of a log that was deleted, or is as it once was
            at = null;
            anew = true;
        }
        lost = extent.lost();
        List<LogLine> lines =
                new ArrayList<>(logs.read(appId, LogQuery.next(at, since, most)).lines());
        if (lines.isEmpty()) {
            seen = extent.end();
        } else if (anew) {
            lines.addFirst(gap("the log begins anew here: what wasn't sent of the one before is missing"));
        } else if (lost > 0) {
            lines.addFirst(gap(String.format(
                    Locale.ROOT,
                    "about %.1f MiB of the log are missing here: they couldn't be sent before they were deleted",
                    lost / (double) (1 << 20))));
        }
        return lines;
    }

    private static LogLine gap(String text) {
        return new LogLine(Position.START, Instant.now(), LogLine.Stream.PLATFORM, 0, "", text);
    }

    /// They have arrived, or never will. Returns how many bytes before them were gone.
    long arrived(List<LogLine> lines) {
        at = lines.getLast().id();
        long gone = lost;
        lost = 0;
        anew = false;
        return gone;
    }
}
