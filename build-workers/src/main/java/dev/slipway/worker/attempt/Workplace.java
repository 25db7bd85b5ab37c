package dev.slipway.worker.attempt;

import dev.slipway.db.Database;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.worker.context.ContextLimits;
import dev.slipway.worker.engine.Credentials;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.engine.Registry;
import dev.slipway.worker.process.StepLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a worker works with.
///
/// @param home SLIPWAY_HOME
/// @param directory the worker's own, for the CLI's configuration and short-lived files
/// @param docker a CLI that can BuildKit
/// @param engineEnvironment `DOCKER_HOST` and its companions for the CLI
/// @param registry what the engine pushes to
/// @param pusher who it pushes as
/// @param stepLimits none when they can't be set here
public record Workplace(
        String workerId,
        String installation,
        Path home,
        Path directory,
        Path docker,
        Map<String, String> engineEnvironment,
        Database database,
        MasterKey key,
        Engine engine,
        Registry registry,
        Credentials pusher,
        ContextLimits contextLimits,
        LogLimits logLimits,
        Optional<StepLimits> stepLimits) {

    /// Clears away what a worker of this name left behind that was killed.
    public void sweep() throws IOException {
        BuildSecrets.sweep(this);
    }

    Path repository(long appId) {
        return home.resolve("git").resolve(appId + ".git");
    }

    Path runDirectory() {
        return home.resolve("run");
    }
}
