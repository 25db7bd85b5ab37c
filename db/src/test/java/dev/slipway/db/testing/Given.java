package dev.slipway.db.testing;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.releases.ProcessSpec;
import java.time.Instant;

/// What tests of the queue begin with.
public final class Given {
    private Given() {}

    public static App app(Database database, String name) {
        return new AppStore(database)
                .create(new NewApp(
                        new AppName(name),
                        new Source.Hosted("main"),
                        BuildSettings.DEFAULT,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
    }

    /// A push of the commit whose id is this digit, forty times.
    public static BuildRequest push(App app, String digit) {
        return new BuildRequest(
                app.id(),
                BuildCause.PUSH,
                "main",
                new Commit(new CommitId(digit.repeat(40)), "Ada <ada@example.com>", "Change " + digit, Instant.EPOCH),
                "ada");
    }
}
