package dev.slipway.worker.buildkit;

import dev.slipway.db.builds.BuildStep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns BuildKit's progress into what people read: steps with their times, and a log in which each step's
/// output stands below its name. Keeps what [Diagnosis] needs to say why a build failed. For one thread.
public final class BuildOutput {
    /// Where steps and log lines go, in order. Nothing secret gets there.
    public interface Sink {
        void line(String line);

        /// A step began or ended.
        void step(BuildStep step);
    }

    /// The step that failed, the error it failed with, and the last lines it wrote.
    public record FailedStep(String name, String error, List<String> lastLines) {}

    private static final int LAST_LINES = 10;
    private static final int REMARKS = 200;
    private static final String UNPACK = "copy /context /";

    private final Sink sink;
    private final Mask mask;
    private final Clock clock;
    private final ProgressParser parser = new ProgressParser();
    private final Map<Integer, Vertex> vertices = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private @Nullable Vertex header;
    private @Nullable Vertex speaking;
    private @Nullable Vertex failed;
    private boolean excerpt;

    public BuildOutput(Sink sink, Mask mask, Clock clock) {
        this.sink = sink;
        this.mask = mask;
        this.clock = clock;
    }

    private static final class Vertex {
        private final int number;
        private final String name;
        private final Instant startedAt;
        private final Deque<String> lastLines = new ArrayDeque<>();
        private boolean open = true;
        private @Nullable String error;

        Vertex(int number, String name, Instant startedAt) {
            this.number = number;
            this.name = name;
            this.startedAt = startedAt;
        }

        /// What BuildKit does for itself: a step, but nothing to read in the log.
        boolean isInternal() {
            return !name.startsWith("[") || name.startsWith("[internal]") || name.startsWith("[auth]");
        }
    }

    /// One line of BuildKit's output.
    public void accept(String line) {
        switch (parser.parse(Terminal.tidy(line))) {
            case Progress.Named named -> begin(named);
            case Progress.Output output -> vertex(output.vertex()).ifPresent(v -> write(v, mask.hide(output.text())));
            case Progress.Cached cached ->
                vertex(cached.vertex()).ifPresent(v -> end(v, BuildStep.State.CACHED, Duration.ZERO));
            case Progress.Done done -> vertex(done.vertex()).ifPresent(v -> end(v, BuildStep.State.DONE, done.time()));
            case Progress.Canceled canceled ->
                vertex(canceled.vertex()).ifPresent(v -> end(v, BuildStep.State.CANCELLED, elapsed(v)));
            case Progress.Failed failure ->
                vertex(failure.vertex()).ifPresent(v -> fail(v, mask.hide(failure.error())));
            case Progress.Remark remark -> remark(mask.hide(remark.text()));
            case Progress.Status status -> settle();
            case Progress.Silence silence -> {}
        }
    }

    /// Writes what was held back; call it when nothing more comes for a while.
    public void settle() {
        Vertex pending = header;
        if (pending != null) {
            header = null;
            sink.line(pending.name);
        }
    }

    /// Nothing more comes: steps that were still running are cancelled.
    public void finish() {
        settle();
        vertices.values().stream().filter(v -> v.open).forEach(v -> end(v, BuildStep.State.CANCELLED, elapsed(v)));
    }

    private Optional<Vertex> vertex(int number) {
        return Optional.ofNullable(vertices.get(number));
    }

    private void begin(Progress.Named named) {
        settle();
        Vertex vertex = vertices.get(named.vertex());
        if (vertex == null) {
            String name = mask.hide(named.name().equals(UNPACK) ? "[internal] unpack build context" : named.name());
            vertex = new Vertex(vertices.size() + 1, name, clock.instant());
            vertices.put(named.vertex(), vertex);
            sink.step(new BuildStep(vertex.number, vertex.name, BuildStep.State.RUNNING, vertex.startedAt, null));
        }
        header = vertex.isInternal() ? null : vertex;
        speaking = vertex;
    }

    private void write(Vertex vertex, String text) {
        settle();
        if (speaking != vertex) {
            speaking = vertex;
            sink.line(vertex.name);
        }
        sink.line(text);
        vertex.lastLines.addLast(text);
        if (vertex.lastLines.size() > LAST_LINES) {
            vertex.lastLines.removeFirst();
        }
    }

    private void end(Vertex vertex, BuildStep.State state, Duration time) {
        if (header == vertex && (state == BuildStep.State.CACHED || !vertex.open)) {
            header = null;
            if (vertex.open) {
                sink.line(vertex.name + " (cached)");
            }
        }
        settle();
        if (vertex.open) {
            vertex.open = false;
            sink.step(new BuildStep(vertex.number, vertex.name, state, vertex.startedAt, precise(vertex, time)));
        }
    }

    private void fail(Vertex vertex, String error) {
        if (error.contains("context canceled")) {
            end(vertex, BuildStep.State.CANCELLED, elapsed(vertex));
            return;
        }
        vertex.error = error;
        failed = failed == null ? vertex : failed;
        end(vertex, BuildStep.State.FAILED, elapsed(vertex));
        sink.line("ERROR: " + error);
    }

    private void remark(String text) {
        settle();
        if (remarks.size() < REMARKS) {
            remarks.add(text);
        }
        excerpt = excerpt || failed != null || text.startsWith("------");
        if (!excerpt) {
            sink.line(text);
        }
    }

    private Duration elapsed(Vertex vertex) {
        return Duration.between(vertex.startedAt, clock.instant());
    }

    /// BuildKit tells times in tenths of a second, our clock is finer but hears of things later: ours, as far
    /// as BuildKit agrees.
    private long precise(Vertex vertex, Duration told) {
        return Math.clamp(elapsed(vertex).toMillis(), Math.max(0, told.toMillis() - 50), told.toMillis() + 50);
    }

    public Optional<FailedStep> failedStep() {
        Vertex vertex = failed;
        if (vertex == null || vertex.error == null) {
            return Optional.empty();
        }
        return Optional.of(new FailedStep(vertex.name, vertex.error, List.copyOf(vertex.lastLines)));
    }

    /// Lines that belonged to no step, at most 200.
    public List<String> remarks() {
        return List.copyOf(remarks);
    }
}
