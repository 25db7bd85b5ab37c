package dev.slipway.worker;

import dev.slipway.db.Json;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.releases.Processes;
import dev.slipway.worker.attempt.Rehearsal;
import dev.slipway.worker.attempt.Workplace;
import dev.slipway.worker.engine.EngineException;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does once in small, before anybody waits for it, what a build does: the first real build then starts as fast
/// as the later ones.
final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private WarmUp() {}

    static void run(Workplace place) throws InterruptedException {
        Json.read(Json.write(Processes.DEFAULT), Processes.class);
        Json.read(Json.write(BuildSettings.DEFAULT.buildArgs()), Map.class);
        try {
            place.engine().ping();
        } catch (EngineException e) {
            log.warn("the Docker Engine doesn't answer yet: {}", e.getMessage());
        }
        try {
            Rehearsal.run(place);
        } catch (IOException e) {
            log.warn("the first build will start slowly: {}", e.getMessage());
        }
    }
}
