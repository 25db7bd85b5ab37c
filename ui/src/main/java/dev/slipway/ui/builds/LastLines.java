package dev.slipway.ui.builds;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.platform.builds.BuildService;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The end of a log as plain text, to stand beside the reason of a failure.
final class LastLines {
    private static final int LINES = 8;
    private static final int WIDTH = 300;
    private static final Pattern CONTROL = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*\u0007?|[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    private LastLines() {}

    static String of(BuildService builds, Build build, int lines) {
        int from = Math.max(0, lines - LINES);
        List<LogChunk> chunks = builds.log(build, from, LINES);
        return chunks.stream()
                .flatMap(chunk -> chunk.lines().stream().skip(Math.max(0, from - chunk.firstLine())))
                .map(LastLines::plain)
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    static String plain(String line) {
        String text = CONTROL.matcher(line).replaceAll("");
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }
}
