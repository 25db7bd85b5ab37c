package dev.slipway.platform.runtime;

import java.io.InputStream;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// What instances write, living or gone, as the runtime tier keeps it.
@Component
public class InstanceLogs {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// The runtime tier says something every 15 s.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final RuntimePort runtime;

    InstanceLogs(RuntimePort runtime) {
        this.runtime = runtime;
    }

    /// JSON: `lines`, each with `id`, `at`, `stream`, `release`, `instance` and `text`, and `more`.
    public InputStream page(long appId, LogSelection selection) {
        String order = selection.after() == null ? "NEWEST" : "OLDEST";
        return runtime.get("/apps/" + appId + "/logs" + selection.query(order, "FULL"), PATIENCE);
    }

    /// Lines as text, what the instances wrote and nothing else: the newest so many.
    public InputStream plain(long appId, LogSelection selection) {
        return runtime.get("/apps/" + appId + "/logs/text" + selection.query("NEWEST", "PLAIN"), PATIENCE);
    }

    /// All lines as text, with time, instance and stream.
    public InputStream full(long appId, LogSelection selection) {
        return runtime.get("/apps/" + appId + "/logs/text" + selection.query("OLDEST", "FULL"), PATIENCE);
    }

    /// Server-sent events: the newest lines, then those that come.
    public InputStream live(long appId, LogSelection selection) {
        return runtime.get("/apps/" + appId + "/logs/stream" + selection.query("NEWEST", "FULL"), SILENCE);
    }
}
