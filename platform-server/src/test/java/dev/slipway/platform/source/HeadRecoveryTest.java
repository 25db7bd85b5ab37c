package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.source.SeenHeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads of hosted apps that nobody has decided on.
class HeadRecoveryTest {
    @TempDir
    Path directory;

    private GitPlatform platform;
    private GitClient git;
    private App app;

    @BeforeEach
    void start() throws IOException {
        platform = new GitPlatform(directory.resolve("home"));
        git = GitClient.init(Files.createDirectory(directory.resolve("work")));
        app = platform.hosted("shop");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void aHeadThatMovedJustBeforeACrashIsFoundAtTheNextStart() throws IOException {
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        platform.repositories.open(app).close();
        git.succeed("push", "-q", platform.home.repository(app.id()).toString(), "main");
        HeadRecovery recovery = new HeadRecovery(platform.database, platform.repositories, platform.heads);

        assertThat(recovery.recover()).isEqualTo(1);
        assertThat(recovery.recover()).isZero();

        assertThat(platform.buildsOf(app)).singleElement().satisfies(build -> {
            assertThat(build.commit().id().value()).isEqualTo(commit);
            assertThat(build.cause()).isEqualTo(BuildCause.RECOVERY);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHeadIsFoundThatMovedSinceTheLastLook(boolean packed) throws IOException {
        platform.cancelBuildsAsTheyCome();
        String repository = platform.home.repository(app.id()).toString();
        git.commit("Dockerfile", "FROM scratch\n");
        git.succeed("push", platform.url("shop"), "main");
        if (packed) {
            git.succeed("-C", repository, "pack-refs", "--all");
        }
        age(packed ? "packed-refs" : "refs/heads/main");
        HeadRecovery recovery = new HeadRecovery(platform.database, platform.repositories, platform.heads);
        assertThat(recovery.recover()).isZero();
        String next = git.commit("Dockerfile", "FROM scratch\nLABEL a=b\n");
        git.succeed("push", "-q", repository, "main");

        assertThat(recovery.recover()).isEqualTo(1);

        assertThat(platform.buildsOf(app))
                .anyMatch(build -> build.commit().id().value().equals(next));
    }

    @Test
    void aHeadIsBuiltAgainWhoseDecisionIsForgotten() throws IOException {
        platform.cancelBuildsAsTheyCome();
        git.commit("Dockerfile", "FROM scratch\n");
        git.succeed("push", platform.url("shop"), "main");
        age("refs/heads/main");
        HeadRecovery recovery = new HeadRecovery(platform.database, platform.repositories, platform.heads);
        assertThat(recovery.recover()).isZero();
        new SeenHeads(platform.database).forget(app.id(), "main");

        assertThat(recovery.recover()).isEqualTo(1);
    }

    /// What has just been written is looked at once more anyway.
    private void age(String file) throws IOException {
        Files.setLastModifiedTime(
                platform.home.repository(app.id()).resolve(file),
                FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }

    @Test
    void aBranchThatIsHereAlreadyIsBuiltAsSoonAsTheAppIsSetToIt() throws Exception {
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        git.succeed("push", platform.url("shop"), "main:edge");
        HeadRecovery recovery = new HeadRecovery(platform.database, platform.repositories, platform.heads);
        try (AutoCloseable listening = recovery.listen(platform.bell)) {
            platform.apps.update(app.id(), new Source.Hosted("edge"), app.build(), app.processes());
            await().untilAsserted(() -> assertThat(platform.buildsOf(app))
                    .extracting(
                            build -> build.branch(),
                            build -> build.commit().id().value())
                    .containsExactly(tuple("edge", commit)));
        }
    }
}
