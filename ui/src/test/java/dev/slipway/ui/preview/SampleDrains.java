package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.Json;
import dev.slipway.db.apps.App;
import dev.slipway.db.drains.DrainAddress;
import dev.slipway.db.drains.DrainSettings;
import dev.slipway.db.drains.DrainStore;
import dev.slipway.platform.drains.DrainHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An app's log drains, one of which fails.
final class SampleDrains {
    private final DrainStore drains;

    SampleDrains(Database database) {
        this.drains = new DrainStore(database);
    }

    void of(App app) {
        drains.create(
                app.id(),
                DrainAddress.parse("syslog+tls://logs.example.com:6514"),
                null,
                new DrainSettings(false, false),
                "anna");
        drains.create(
                app.id(),
                DrainAddress.parse("https://intake.example.net/v1/shop"),
                new byte[] {1},
                new DrainSettings(true, true),
                "admin");
    }

    /// As the runtime tier tells it.
    static String health() {
        Instant now = Instant.now();
        return Json.write(List.of(
                new DrainHealth(1, now.minusSeconds(3), 48_213, 0, 0, null, null, new DrainHealth.Test(now, null)),
                new DrainHealth(
                        2,
                        now.minus(Duration.ofHours(2)),
                        9_912,
                        18L << 20,
                        3L << 20,
                        "intake.example.net answered 401 Unauthorized",
                        now.minus(Duration.ofHours(2)),
                        null)));
    }
}
