package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedPushTest {
    @TempDir
    Path directory;

    private GitPlatform platform;
    private GitClient git;

    @BeforeEach
    void start() throws Exception {
        platform = new GitPlatform(directory.resolve("home"));
        git = GitClient.init(Files.createDirectory(directory.resolve("work")));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void aPushOfTheAppsBranchQueuesABuild() {
        App app = platform.hosted("shop");
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        endBuilds(app);

        String output = git.succeed("push", platform.url("shop"), "main");

        assertThat(output).contains("remote: -----> Build 1 of " + commit.substring(0, 8) + " queued").contains("main -> main");
        List<Build> builds = platform.buildsOf(app);
        assertThat(builds).hasSize(1);
        assertThat(builds.getFirst().commit().id().value()).isEqualTo(commit);
        assertThat(builds.getFirst().commit().author()).isEqualTo("Ada <ada@example.org>");
        assertThat(builds.getFirst().cause()).isEqualTo(BuildCause.PUSH);
        assertThat(builds.getFirst().requestedBy()).isEqualTo("ada");
    }

    /// Cancels each build as it comes, so that pushes don't wait for a worker.
    private void endBuilds(App app) {
        Thread.ofVirtual().start(() -> await().until(() -> {
            platform.buildsOf(app).forEach(build -> platform.builds.cancel(build.id(), "the test"));
            return platform.buildsOf(app).stream().anyMatch(build -> build.state().isFinal());
        }));
    }
}
