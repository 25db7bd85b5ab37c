package dev.slipway.worker.buildkit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Understands `--progress=plain`, line by line. Output can't be mistaken for anything else: BuildKit puts `#7
/// 0.412 ` before each of its lines.
final class ProgressParser {
    private static final Pattern VERTEX = Pattern.compile("#(\\d{1,9}) ?(.*)", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("\\d{1,9}(?:\\.\\d{0,3})?(?: (.*))?", Pattern.DOTALL);
    private static final Pattern DONE = Pattern.compile("DONE (\\d{1,9})(?:\\.(\\d))?s");
    private static final Pattern VERTEX_DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Progress SILENCE = new Progress.Silence();

    /// A name follows a blank line; within a block of lines everything is about the block's vertex.
    private boolean nameFollows = true;

    Progress parse(String line) {
        Matcher vertex = VERTEX.matcher(line);
        if (!vertex.matches()) {
            nameFollows = line.isBlank();
            return nameFollows ? SILENCE : new Progress.Remark(line);
        }
        int number = Integer.parseInt(vertex.group(1));
        String rest = vertex.group(2);
        if (nameFollows) {
            nameFollows = false;
            return new Progress.Named(number, rest);
        }
        return about(number, rest);
    }

    private static Progress about(int vertex, String text) {
        if (text.equals("CACHED")) {
            return new Progress.Cached(vertex);
        }
        if (text.equals("CANCELED")) {
            return new Progress.Canceled(vertex);
        }
        if (text.equals("...") || VERTEX_DIGEST.matcher(text).matches()) {
            return SILENCE;
        }
        if (text.startsWith("ERROR: ")) {
            return new Progress.Failed(vertex, text.substring("ERROR: ".length()));
        }
        Matcher done = DONE.matcher(text);
        if (done.matches()) {
            long tenths =
                    Long.parseLong(done.group(1)) * 10 + (done.group(2) == null ? 0 : Integer.parseInt(done.group(2)));
            return new Progress.Done(vertex, Duration.ofMillis(tenths * 100));
        }
        Matcher output = OUTPUT.matcher(text);
        if (output.matches()) {
            return new Progress.Output(vertex, output.group(1) == null ? "" : output.group(1));
        }
        return new Progress.Status(vertex, text);
    }
}
