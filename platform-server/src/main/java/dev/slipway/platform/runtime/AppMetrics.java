package dev.slipway.platform.runtime;

import java.io.InputStream;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// What apps use and how they answer, as the runtime tier measures it.
@Component
public class AppMetrics {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RuntimePort runtime;

    AppMetrics(RuntimePort runtime) {
        this.runtime = runtime;
    }

    /// How far back one looks.
    public enum Range {
        HOUR("1h"),
        SIX_HOURS("6h"),
        DAY("24h"),
        WEEK("7d");

        private final String word;

        Range(String word) {
            this.word = word;
        }
    }

    /// JSON: `stepSeconds` and `points`.
    public InputStream page(long appId, Range range) {
        return runtime.get("/apps/" + appId + "/metrics?range=" + range.word, PATIENCE);
    }

    /// All apps' counts in Prometheus's text format.
    public InputStream text() {
        return runtime.get("/metrics", PATIENCE);
    }
}
