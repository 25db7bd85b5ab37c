package dev.slipway.platform.api;

import dev.slipway.db.Bell;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.platform.builds.BuildService;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One watcher of one build. Looks at the tables when the bell rings, and every two seconds anyway, and sends
/// what is new, until the build has ended and all of it is sent. Runs on a virtual thread of its own.
final class BuildStream {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final BuildService builds;
    private final String app;
    private final long buildId;
    private final SseEmitter emitter;
    private final Semaphore rung = new Semaphore(0);
    private final Map<Integer, StepView> sentSteps = new HashMap<>();
    private LogPosition position;
    private @Nullable BuildView sentState;
    private long lastSent = System.nanoTime();
    private volatile boolean stopped;

    BuildStream(BuildService builds, String app, long buildId, LogPosition position, SseEmitter emitter) {
        this.builds = builds;
        this.app = app;
        this.buildId = buildId;
        this.position = position;
        this.emitter = emitter;
    }

    /// Lines of the log in a row; `first` is the number of the first.
    record LogLines(int attempt, int first, List<String> lines) {}

    void ring(Bell.Ring ring) {
        boolean mine = switch (ring.topic()) {
            case ANY -> true;
            case LOG, BUILD, QUEUE -> ring.id() == buildId;
            case RELEASE, INSTANCE, APP, WORKER -> false;
        };
        if (mine) {
            rung.release();
        }
    }

    /// Ends the stream soon; the watcher may connect again.
    void stop() {
        stopped = true;
        rung.release();
    }

    /// Returns when everything is sent, the watcher is gone, or [#stop] was called.
    void run() throws IOException, InterruptedException {
        while (!stopped && !sendNews()) {
            if (System.nanoTime() - lastSent > KEEP_ALIVE.toNanos()) {
                send(SseEmitter.event().comment("still building"));
            }
            if (rung.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                rung.drainPermits();
            }
        }
    }

    /// True when the build has ended. Its state is read first: whatever it wrote before it ended is then seen
    /// too.
    private boolean sendNews() throws IOException {
        Build build = builds.find(buildId);
        sendState(build);
        sendSteps(build);
        sendLog(build);
        if (build.state().isFinal()) {
            sendJson("end", BuildView.of(app, build, null));
        }
        return build.state().isFinal();
    }

    private void sendState(Build build) throws IOException {
        BuildView view = BuildView.of(app, build, builds.whyWaiting(build).orElse(null));
        if (!view.equals(sentState)) {
            if (sentState == null || sentState.attempt() != view.attempt()) {
                sentSteps.clear();
            }
            sendJson("state", view);
            sentState = view;
        }
    }

    private void sendSteps(Build build) throws IOException {
        for (BuildStep step : builds.steps(build)) {
            StepView view = StepView.of(step);
            if (!view.equals(sentSteps.put(step.number(), view))) {
                sendJson("step", view);
            }
        }
    }

    private void sendLog(Build build) throws IOException {
        int from = position.from(build.attempt());
        List<LogChunk> chunks = builds.log(build, from, LogController.CHUNKS_AT_ONCE);
        while (!chunks.isEmpty() && !stopped) {
            for (LogChunk chunk : chunks) {
                int skip = Math.max(0, from - chunk.firstLine());
                LogLines lines = new LogLines(
                        chunk.attempt(),
                        chunk.firstLine() + skip,
                        chunk.lines().subList(skip, chunk.lines().size()));
                position = new LogPosition(chunk.attempt(), chunk.endLine());
                send(SseEmitter.event().name("log").id(position.id()).data(lines, MediaType.APPLICATION_JSON));
                from = chunk.endLine();
            }
            chunks = builds.log(build, from, LogController.CHUNKS_AT_ONCE);
        }
    }

    private void sendJson(String name, Object data) throws IOException {
        send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        emitter.send(event);
        lastSent = System.nanoTime();
    }
}
