package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.Migrations;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.platform.Home;
import dev.slipway.platform.PlatformServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/// Starts platform-server with the dashboard on sample rows: `Preview PORT [empty | many]`. Log in as admin /
/// slipway. With `many` a build runs for ever, and the app `huge` has a log of 100,000 lines.
public final class Preview {
    private Preview() {}

    public static void main(String[] arguments) throws Exception {
        String port = arguments[0];
        List<String> what = List.of(arguments).subList(1, arguments.length);
        Path home = Files.createTempDirectory("slipway-preview");
        DatabaseSettings settings = TestDatabase.empty();
        Database database = Database.open(settings, "preview", 0, 2);
        Migrations.migrate(database);
        SampleData data = new SampleData(database, MasterKey.loadOrCreate(home), new Home(home));
        data.user("admin", new BCryptPasswordEncoder().encode("slipway"));
        if (!what.contains("empty")) {
            data.everything();
        }
        System.setProperty("SLIPWAY_HOME", home.toString());
        System.setProperty("SLIPWAY_DB_URL", settings.url());
        System.setProperty("SLIPWAY_DB_USER", settings.user());
        System.setProperty("SLIPWAY_DB_PASSWORD", settings.password());
        System.setProperty("SLIPWAY_PLATFORM_PORT", port);
        System.setProperty("SLIPWAY_HTTP_PORT", port);
        System.setProperty("SLIPWAY_HTTPS_PORT", "8443");
        SampleRuntime runtime = new SampleRuntime(0);
        System.setProperty("SLIPWAY_RUNTIME_PORT", Integer.toString(runtime.port()));
        if (!what.contains("empty")) {
            runtime.write(2_000);
        }
        PlatformServer.main(new String[0]);
        if (what.contains("many")) {
            huge(database, data);
            Thread.ofPlatform().name("sample-worker").daemon().start(() -> buildForEver(database, data));
        }
    }

    private static void huge(Database database, SampleData data) {
        App app = data.hosted("huge", ProcessSpec.DEFAULT);
        BuildQueue.Claim claim = data.running(app, "A hundred thousand lines", "Ben Okafor <ben@example.com>");
        BuildLog log = new BuildLog(database);
        for (int first = 0; first < 100_000; first += 500) {
            List<String> lines = new ArrayList<>();
            for (int i = first; i < first + 500; i++) {
                lines.add(SampleLog.line(i));
            }
            log.append(claim, first, lines);
        }
        data.steps(claim, null);
    }

    private static void buildForEver(Database database, SampleData data) {
        App shop = new AppStore(database).find(new AppName("shop")).orElseThrow();
        BuildQueue.Claim claim = data.running(shop, "Gift cards", "Anna Bergström <anna@example.com>");
        BuildLog log = new BuildLog(database);
        log.step(
                claim,
                new BuildStep(
                        1,
                        "[internal] load build definition from Dockerfile",
                        BuildStep.State.DONE,
                        Instant.now(),
                        112L));
        log.step(
                claim,
                new BuildStep(
                        2, "[1/3] FROM docker.io/library/node:20-slim", BuildStep.State.CACHED, Instant.now(), 0L));
        log.step(claim, new BuildStep(3, "[2/3] RUN npm ci", BuildStep.State.RUNNING, Instant.now(), null));
        try {
            for (int line = 0; line < 20_000; line += 3) {
                log.append(
                        claim, line, List.of(SampleLog.line(line), SampleLog.line(line + 1), SampleLog.line(line + 2)));
                Thread.sleep(150);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
