package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
    private static final Map<String, String> ENOUGH = Map.of(
            "SLIPWAY_INSTALLATION", "abc", "SLIPWAY_DB_URL", "jdbc:postgresql://127.0.0.1/x", "SLIPWAY_DOCKER", "/d");

    @Test
    void whatIsNotSetHasItsDefault() {
        WorkerSettings settings = WorkerSettings.from(ENOUGH);
        assertThat(settings.workerId()).isEqualTo("w1");
        assertThat(settings.platformPort()).isEqualTo(8081);
        assertThat(settings.engine()).isEqualTo("unix:///var/run/docker.sock");
        assertThat(settings.engineEnvironment()).isEmpty();
        assertThat(settings.home()).isAbsolute();
        assertThat(settings.buildCacheBytes()).isEqualTo(20_000_000_000L);
    }

    @Test
    void theEngineIsPassedOnToTheCli() {
        assertThat(WorkerSettings.from(with("DOCKER_HOST", "tcp://127.0.0.1:2375"))
                        .engineEnvironment())
                .containsExactly(Map.entry("DOCKER_HOST", "tcp://127.0.0.1:2375"));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> WorkerSettings.from(Map.of())).hasMessageContaining("SLIPWAY_INSTALLATION isn't set");
        assertThatThrownBy(() -> WorkerSettings.from(with("SLIPWAY_WORKER_ID", "../w1")))
                .hasMessageContaining("SLIPWAY_WORKER_ID");
        assertThatThrownBy(() -> WorkerSettings.from(with("SLIPWAY_BUILD_MEMORY_MB", "2g")))
                .hasMessageContaining("SLIPWAY_BUILD_MEMORY_MB");
        assertThatThrownBy(() -> WorkerSettings.from(with("SLIPWAY_BUILD_CPUS", "0")))
                .hasMessageContaining("SLIPWAY_BUILD_CPUS");
        assertThatThrownBy(() -> WorkerSettings.from(with("SLIPWAY_BUILD_CACHE_GB", "-1")))
                .hasMessageContaining("SLIPWAY_BUILD_CACHE_GB");
        assertThatThrownBy(() -> WorkerSettings.from(with("SLIPWAY_PLATFORM_PORT", "http")))
                .hasMessageContaining("SLIPWAY_PLATFORM_PORT");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(ENOUGH);
        environment.put(name, value);
        return environment;
    }
}
