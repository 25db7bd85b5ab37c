package dev.slipway.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.access.TokenService;
import dev.slipway.platform.testing.RunningPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// `docker login`, `push` and `pull` against the whole control plane.
@RunningPlatform
class DockerLoginTest {
    @LocalServerPort
    private int port;

    @Autowired
    private TokenService tokens;

    @Autowired
    private AppStore apps;

    @Test
    void aTokenIsThePasswordUnderAnyUserName(@TempDir Path context, @TempDir Path config) throws Exception {
        apps.create(new NewApp(
                new AppName("login-shop"),
                new Source.Hosted("main"),
                BuildSettings.DEFAULT,
                ProcessSpec.DEFAULT,
                new byte[] {1},
                null));
        String host = "127.0.0.1:" + port;
        String image = host + "/login-shop:v1";
        String secret = tokens.create("admin", "docker", null).secret();
        try (Docker docker = new Docker()) {
            docker.build(context, new byte[] {1, 2, 3}, image);
            assertThat(docker.run("--config", config.toString(), "push", image).exit())
                    .isNotZero();
            String[] login = {"--config", config.toString(), "login", "-u", "anyone", "--password-stdin", host};
            assertThat(docker.runWithInput("slw_wrong", login).exit()).isNotZero();
            assertThat(docker.runWithInput(secret, login).output()).contains("Login Succeeded");
            Docker.Outcome push = docker.run("--config", config.toString(), "push", image);
            assertThat(push.exit()).as(push.output()).isZero();
            docker.forget(image);
            Docker.Outcome pull = docker.run("--config", config.toString(), "pull", image);
            assertThat(pull.exit()).as(pull.output()).isZero();
            docker.forget(image);
            docker.run("--config", config.toString(), "logout", host);
            assertThat(docker.run("--config", config.toString(), "pull", image).exit())
                    .isNotZero();
        }
    }
}
