package dev.slipway.ui.testing;

import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.ui.preview.SampleRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// A home in a temporary directory and a fresh database.
public final class Installation implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /// What answers for the runtime tier.
    public static final SampleRuntime RUNTIME = runtime();

    private static SampleRuntime runtime() {
        try {
            return new SampleRuntime(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            DatabaseSettings database = TestDatabase.fresh();
            TestPropertyValues.of(
                            "SLIPWAY_HOME=" + Files.createTempDirectory("slipway-ui-test"),
                            "SLIPWAY_ALLOW_PRIVATE_REPOSITORIES=127.0.0.0/8",
                            "SLIPWAY_RUNTIME_PORT=" + RUNTIME.port(),
                            "SLIPWAY_DB_URL=" + database.url(),
                            "SLIPWAY_DB_USER=" + database.user(),
                            "SLIPWAY_DB_PASSWORD=" + database.password())
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
