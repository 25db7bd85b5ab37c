package dev.slipway.platform.registry;

import static dev.slipway.platform.registry.Client.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of many pushes: what was acknowledged is there, whole; of the rest nothing is there
/// that doesn't hash.
class KilledRegistryTest {
    private static final int PUSHERS = 6;
    private static final int ROUNDS = 3;

    @TempDir
    Path home;

    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> tagged = ConcurrentHashMap.newKeySet();

    @Test
    void nothingAcknowledgedIsLostAndNothingTornIsShown() throws Exception {
        DatabaseSettings database = TestDatabase.fresh();
        try (Database connection = Database.open(database, "test", 0, 2)) {
            new AppStore(connection)
                    .create(new NewApp(
                            new AppName("shop"),
                            new Source.Hosted("main"),
                            BuildSettings.DEFAULT,
                            ProcessSpec.DEFAULT,
                            new byte[] {1},
                            null));
        }
        for (int round = 0; round < ROUNDS; round++) {
            pushUntilKilled(database, acknowledged.size() + 60 + round * 17);
        }
        try (RegistryProcess registry = RegistryProcess.start(home, database)) {
            Client client = new Client(registry.port());
            assertThat(tried).hasSizeGreaterThan(acknowledged.size());
            for (String digest : tried) {
                HttpResponse<byte[]> blob = client.send("GET", "/v2/shop/blobs/" + digest);
                assertThat(blob.statusCode())
                        .as(digest)
                        .isIn(acknowledged.contains(digest) ? List.of(200) : List.of(200, 404));
                assertThat(blob.statusCode() == 404 || sha256(blob.body()).equals(digest))
                        .as(digest)
                        .isTrue();
            }
            for (String tag : tagged) {
                assertThat(client.send("GET", "/v2/shop/manifests/" + tag).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private void pushUntilKilled(DatabaseSettings database, int enough) throws Exception {
        List<Thread> pushers = new ArrayList<>();
        try (RegistryProcess registry = RegistryProcess.start(home, database)) {
            for (int i = 0; i < PUSHERS; i++) {
                pushers.add(Thread.ofVirtual().start(() -> pushUntilItBreaks(new Client(registry.port()))));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> acknowledged.size() >= enough);
        }
        for (Thread pusher : pushers) {
            pusher.join();
        }
    }

    private void pushUntilItBreaks(Client client) {
        Random random = new Random();
        try {
            while (true) {
                byte[] blob = new byte[1 + random.nextInt(200_000)];
                random.nextBytes(blob);
                tried.add(sha256(blob));
                String digest = client.push("shop", blob);
                acknowledged.add(digest);
                String manifest = """
                        {"schemaVersion":2,"mediaType":"%s","config":{"digest":"%s","size":%d},"layers":[]}""".formatted(Client.IMAGE, digest, blob.length);
                String tag = sha256(manifest.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length());
                if (client.putManifest("shop", tag, manifest).statusCode() == 201) {
                    tagged.add(tag);
                }
            }
        } catch (IllegalStateException registryIsDead) {
            assertThat(registryIsDead).hasCauseInstanceOf(java.io.IOException.class);
        }
    }
}
