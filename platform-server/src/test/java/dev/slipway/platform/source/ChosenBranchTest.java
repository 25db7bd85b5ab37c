package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.platform.Home;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/// What is built when the branch of an app's settings changes.
@RunningPlatform
class ChosenBranchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Autowired
    private AppService apps;

    @Autowired
    private BuildStore builds;

    @Autowired
    private Repositories repositories;

    @Autowired
    private Home home;

    private GitClient git;

    @BeforeEach
    void commit() throws Exception {
        git = GitClient.init(Files.createDirectory(directory.resolve("work")));
        git.commit("Dockerfile", "FROM scratch\n");
    }

    @Test
    void aBranchOfAHostedAppThatIsChosenAgainIsBuiltAgain() throws Exception {
        App app = apps.create(AppDraft.hosted(Given.name("hosted")), "ada");
        repositories.open(app).close();
        git.succeed("push", "-q", home.repository(app.id()).toString(), "main", "main:next");
        choose(app, null, "next", "next");
        choose(app, null, "main", "main", "next");
        choose(app, null, "next", "next", "main", "next");
    }

    @Test
    void aBranchOfAWatchedAppThatIsChosenAgainIsBuiltAgain() throws Exception {
        Path shop = directory.resolve("remote/shop.git");
        git.succeed("init", "-q", "--bare", shop.toString());
        git.succeed("push", "-q", shop.toString(), "main", "main:next");
        try (RemoteGit remote = new RemoteGit(directory.resolve("remote"))) {
            String url = remote.url("shop");
            App app = apps.create(AppDraft.watched(Given.name("watched"), url, "main"), "ada");
            awaitBuilds(app, "main");
            choose(app, url, "next", "next", "main");
            choose(app, url, "main", "main", "next", "main");
        }
    }

    private void choose(App app, @Nullable String url, String branch, String... built) {
        String name = app.name().value();
        apps.update(
                name, now -> new AppDraft(name, url, null, null, branch, 86_400, now.build(), now.processes()), "ada");
        awaitBuilds(app, built);
    }

    private void awaitBuilds(App app, String... branches) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(builds.ofApp(app.id(), Integer.MAX_VALUE, 10))
                        .extracting(Build::branch)
                        .containsExactly(branches));
    }
}
