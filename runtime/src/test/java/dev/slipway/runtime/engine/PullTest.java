package dev.slipway.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An image that the engine doesn't have comes from the registry, by digest, with the runtime tier's own
/// credentials.
@Timeout(60)
class PullTest {
    private final String installation = "test" + UUID.randomUUID().toString().substring(0, 8);
    private TestRegistry registry;
    private DockerEngine engine;

    @BeforeEach
    void start() {
        registry = new TestRegistry();
        engine = engine("secret");
        engine.prepare();
    }

    private DockerEngine engine(String password) {
        return new DockerEngine(new DockerSettings(
                "unix:///var/run/docker.sock", installation, registry.address(), "slipway-runtime", password));
    }

    @AfterEach
    void stop() {
        // not even a wrong list makes a test remove what isn't its own
        engine.list().stream()
                .filter(c -> installation.equals(c.label(Labels.INSTALLATION)))
                .forEach(c -> engine.remove(c.id()));
        TestImages.docker().removeNetworkCmd("slipway-" + installation).exec();
        engine.close();
        registry.close();
    }

    @Test
    void theImageIsPulledOnceAndRuns() throws IOException {
        ImageSource source = registry.image("shop");
        String reference = engine.ensureImage(source);
        try {
            assertThat(reference).isEqualTo(registry.address() + "/shop@" + source.digest());
            registry.leave();
            assertThat(engine.ensureImage(source)).isEqualTo(source.imageId().value());
            Container container = engine.start(new ContainerSpec(
                    "a", reference, Map.of(), Map.of(Labels.INSTANCE, "a"), new ContainerSpec.Limits(32, 500, 32)));
            assertThat(container.running()).isTrue();
            engine.remove(container.id());
        } finally {
            TestImages.docker().removeImageCmd(reference).withForce(true).exec();
        }
    }

    @Test
    void wrongCredentialsAndMissingImagesSaySo() throws IOException {
        ImageSource source = registry.image("shop");
        try (DockerEngine stranger = engine("wrong")) {
            assertThatThrownBy(() -> stranger.ensureImage(source))
                    .isInstanceOf(EngineException.ImageUnavailable.class)
                    .hasMessageContaining("couldn't pull")
                    .hasMessageNotContaining("wrong");
        }
        registry.forget();
        assertThatThrownBy(() -> engine.ensureImage(source))
                .isInstanceOf(EngineException.ImageUnavailable.class)
                .hasMessageContaining("couldn't pull");
    }

    @Test
    void aRegistryThatIsAwayIsTakenForThat() throws IOException {
        ImageSource source = registry.image("shop");
        registry.leave();
        assertThatThrownBy(() -> engine.ensureImage(source))
                .isInstanceOf(EngineException.RegistryAway.class)
                .hasMessageContaining("the registry at " + registry.address());
    }

    @Test
    void aRegistryThatIsNotReadyIsTakenForAway() throws IOException {
        ImageSource source = registry.image("shop");
        registry.breakDown();
        assertThatThrownBy(() -> engine.ensureImage(source)).isInstanceOf(EngineException.RegistryAway.class);
    }
}
