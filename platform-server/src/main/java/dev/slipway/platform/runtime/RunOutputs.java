package dev.slipway.platform.runtime;

import dev.slipway.platform.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// What commands write while they run, as the runtime tier reads it.
@Component
public class RunOutputs {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RuntimePort runtime;

    RunOutputs(RuntimePort runtime) {
        this.runtime = runtime;
    }

    /// Whole lines so far, without the values of variables; empty when the runtime tier has none, or doesn't answer.
    public String soFar(long appId, long run) {
        try (InputStream text = runtime.get("/apps/" + appId + "/runs/" + run + "/output", PATIENCE)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | Problem notNow) {
            return "";
        }
    }
}
