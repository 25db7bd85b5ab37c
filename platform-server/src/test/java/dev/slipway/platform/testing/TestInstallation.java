package dev.slipway.platform.testing;

import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.testing.FreePort;
import dev.slipway.db.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// A home in a temporary directory and a fresh database.
public class TestInstallation implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /// Nobody listens there, unless a test does.
    public static final int RUNTIME_PORT = FreePort.take();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        DatabaseSettings database = TestDatabase.fresh();
        TestPropertyValues.of(
                        "SLIPWAY_HOME=" + temporaryDirectory(),
                        "SLIPWAY_DB_URL=" + database.url(),
                        "SLIPWAY_DB_USER=" + database.user(),
                        "SLIPWAY_DB_PASSWORD=" + database.password(),
                        "SLIPWAY_RUNTIME_PORT=" + RUNTIME_PORT,
                        "springdoc.packages-to-scan=dev.slipway.platform.api",
                        "springdoc.paths-to-match=/api/v1/**",
                        "springdoc.default-produces-media-type=application/json",
                        "springdoc.writer-with-order-by-keys=true",
                        "SLIPWAY_ACME_DIRECTORY=off",
                        "springdoc.default-flat-param-object=true",
                        "SLIPWAY_ALLOW_PRIVATE_REPOSITORIES=127.0.0.0/8")
                .applyTo(context);
    }

    private static Path temporaryDirectory() {
        try {
            Path home = Files.createTempDirectory("slipway-home");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path home) {
        try (var files = Files.walk(home)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException leftBehind) {
            System.err.println("left behind: " + home);
        }
    }
}
