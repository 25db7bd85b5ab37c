package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostedPushTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    void aPushOfTheAppsBranchQueuesABuild() {
        platform.cancelBuildsAsTheyCome();
        String commit = git.commit("Dockerfile", "FROM scratch\n");

        String output = git.succeed("push", platform.url("shop"), "main");

        assertThat(output)
                .contains("remote: -----> Build 1 of " + commit.substring(0, 8) + " queued")
                .contains("main -> main");
        assertThat(platform.buildsOf(app)).singleElement().satisfies(build -> {
            assertThat(build.commit().id().value()).isEqualTo(commit);
            assertThat(build.commit().author()).isEqualTo("Ada <ada@example.org>");
            assertThat(build.commit().subject()).isEqualTo("Change Dockerfile");
            assertThat(build.cause()).isEqualTo(BuildCause.PUSH);
            assertThat(build.requestedBy()).isEqualTo("ada");
        });
    }

    @Test
    void theBuildIsCommittedBeforeTheClientReadsOk() throws Exception {
        platform.cancelBuildsAsTheyCome();
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        AtomicReference<List<Build>> whenOkCame = new AtomicReference<>();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform()
                .start(() -> platform.database.inTransaction(() -> {
                    platform.apps.lock(app.id());
                    held.countDown();
                    awaitLatch(release);
                }));
        held.await();
        try (Relay relay = new Relay(platform.port(), said -> {
            if (said.contains("ok refs/heads/main")) {
                whenOkCame.compareAndSet(null, platform.buildsOf(app));
            }
        })) {
            CompletableFuture<GitClient.Result> push = CompletableFuture.supplyAsync(
                    () -> git.run("push", "http://127.0.0.1:" + relay.port() + "/git/shop.git", "main"));
            await().atMost(PATIENCE).until(() -> commit.equals(head("main")));
            // The ref has moved; the transaction waits for the app's row, which is held.
            await().atMost(PATIENCE).until(this::somebodyWaitsForALock);
            assertThat(relay.said()).doesNotContain("ok refs/heads/main").doesNotContain("unpack ok");
            assertThat(platform.buildsOf(app)).isEmpty();

            release.countDown();
            assertThat(push.get().exit()).isZero();
            assertThat(whenOkCame.get())
                    .singleElement()
                    .satisfies(build -> assertThat(build.commit().id().value()).isEqualTo(commit));
        } finally {
            release.countDown();
            holder.join();
        }
    }

    @Test
    void theClientReadsOkWhileTheBuildIsStillGoingOn() throws Exception {
        git.commit("Dockerfile", "FROM scratch\n");
        try (Relay relay = new Relay(platform.port(), said -> {})) {
            Process push = git.start("push", "http://127.0.0.1:" + relay.port() + "/git/shop.git", "main");
            await().atMost(PATIENCE).until(() -> relay.said().contains("ok refs/heads/main"));
            assertThat(platform.buildsOf(app).getFirst().state()).isEqualTo(BuildState.QUEUED);
            assertThat(push.isAlive()).isTrue();
            platform.cancelBuildsAsTheyCome();
            assertThat(push.waitFor()).isZero();
        }
    }

    @Test
    void aPushThatCantBeRecordedIsRefusedAndCanBeRepeated() {
        platform.cancelBuildsAsTheyCome();
        git.commit("Dockerfile", "FROM scratch\n");
        platform.database
                .jdbc()
                .sql(
                        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$")
                .update();
        platform.database
                .jdbc()
                .sql("CREATE TRIGGER refuse BEFORE INSERT ON builds FOR EACH ROW EXECUTE FUNCTION refuse()")
                .update();

        GitClient.Result refused = git.run("push", platform.url("shop"), "main");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("[remote rejected]")
                .contains("could not record this push")
                .contains("push again");
        assertThat(head("main")).isNull();
        platform.database.jdbc().sql("DROP TRIGGER refuse ON builds").update();
        git.succeed("push", platform.url("shop"), "main");
        assertThat(platform.buildsOf(app)).hasSize(1);
    }

    @Test
    void anotherBranchIsStoredAndThePusherToldWhyNothingIsBuilt() {
        String commit = git.commit("Dockerfile", "FROM scratch\n");

        String output = git.succeed("push", platform.url("shop"), "main:feature/x");

        assertThat(output)
                .contains("remote: -----> Branch feature/x is stored, but not built: shop is built from main")
                .contains("git push http://localhost:8080/git/shop.git feature/x:main");
        assertThat(head("feature/x")).isEqualTo(commit);
        assertThat(platform.buildsOf(app)).isEmpty();
    }

    @Test
    void rewrittenHistoryIsTakenAndBuilt() {
        platform.cancelBuildsAsTheyCome();
        git.commit("Dockerfile", "FROM scratch\n");
        git.succeed("push", platform.url("shop"), "main");
        git.succeed("commit", "-q", "--amend", "-m", "Another");

        git.succeed("push", "--force", platform.url("shop"), "main");

        assertThat(platform.buildsOf(app))
                .hasSize(2)
                .first()
                .satisfies(build -> assertThat(build.commit().subject()).isEqualTo("Another"));
    }

    @Test
    void theAppsBranchCantBeDeletedAndOthersCan() {
        platform.cancelBuildsAsTheyCome();
        git.commit("Dockerfile", "FROM scratch\n");
        git.succeed("push", platform.url("shop"), "main", "main:other");

        assertThat(git.run("push", platform.url("shop"), ":main").output())
                .contains("[remote rejected]")
                .contains("shop is built from main");
        git.succeed("push", platform.url("shop"), ":other");

        assertThat(head("main")).isNotNull();
        assertThat(head("other")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refs/notes/x",
                "refs/heads/-x",
                "refs/heads/a/-x",
                "refs/heads/HEAD",
                "refs/heads/refs/heads/main",
                "refs/x",
                "refs/heads/a\u202eb"
            })
    void oddRefsAreRefusedWithAReason(String ref) {
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        GitClient.Result result = git.run("push", platform.url("shop"), commit + ":" + ref);
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("[remote rejected]");
    }

    @Test
    void aCloneChecksOutTheAppsBranchByProtocolVersion2() {
        platform.cancelBuildsAsTheyCome();
        App prod = platform.create("prod", new Source.Hosted("production"));
        String commit = git.commit("Dockerfile", "FROM scratch\n");
        git.succeed("push", platform.url("prod"), "main:production");
        Path clone = directory.resolve("clone");

        String trace = git.succeed("-c", "protocol.version=2", "clone", platform.url("prod"), clone.toString());

        assertThat(trace).contains("Cloning into");
        assertThat(new GitClient(clone)
                        .succeed("rev-parse", "--abbrev-ref", "HEAD")
                        .strip())
                .isEqualTo("production");
        assertThat(new GitClient(clone).succeed("rev-parse", "HEAD").strip()).isEqualTo(commit);
        assertThat(platform.buildsOf(prod)).hasSize(1);
    }

    @Test
    void anAppThatDoesntExistIsNamed() {
        git.commit("Dockerfile", "FROM scratch\n");
        GitClient.Result result = git.run("push", platform.url("nothing"), "main");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output())
                .contains("remote: There is no app called \"nothing\"")
                .contains("not found");
    }

    @Test
    void aWatchedAppRefusesPushesAndSaysWhereTo() {
        platform.create("watched", new Source.Watched("https://example.org/x.git", "main", 60));
        git.commit("Dockerfile", "FROM scratch\n");
        GitClient.Result result = git.run("push", platform.url("watched"), "main");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("remote: watched is built from https://example.org/x.git: push there");
    }

    @Test
    void whoInterruptsThePushStopsOnlyTheWatching() throws Exception {
        git.commit("Dockerfile", "FROM scratch\n");
        Process push = git.start("push", platform.url("shop"), "main");
        await().atMost(PATIENCE).until(() -> platform.follower.watching() == 1);

        push.descendants().forEach(ProcessHandle::destroyForcibly);
        push.destroyForcibly();

        await().atMost(PATIENCE).until(() -> platform.follower.watching() == 0);
        assertThat(platform.buildsOf(app))
                .singleElement()
                .satisfies(build -> assertThat(build.state()).isEqualTo(BuildState.QUEUED));
    }

    @Test
    void aRestartLetsThePusherGoWithASentence() throws Exception {
        git.commit("Dockerfile", "FROM scratch\n");
        Process push = git.start("push", platform.url("shop"), "main");
        await().atMost(PATIENCE).until(() -> platform.follower.watching() == 1);

        platform.follower.close();

        assertThat(new String(push.getInputStream().readAllBytes()))
                .contains("remote: -----> Slipway is restarting. The build goes on");
        assertThat(push.waitFor()).isZero();
    }

    @Test
    void twoFirstPushesAtOnceMakeOneRepository() {
        platform.cancelBuildsAsTheyCome();
        git.commit("Dockerfile", "FROM scratch\n");
        List<CompletableFuture<GitClient.Result>> pushes = List.of("a", "b", "c", "d").stream()
                .map(branch ->
                        CompletableFuture.supplyAsync(() -> git.run("push", platform.url("shop"), "main:" + branch)))
                .toList();
        assertThat(pushes)
                .allSatisfy(push ->
                        assertThat(push.join().exit()).as(push.join().output()).isZero());
        assertThat(platform.home.directory().resolve("git").toFile().list()).containsExactly(app.id() + ".git");
        assertThat(List.of("a", "b", "c", "d"))
                .allSatisfy(branch -> assertThat(head(branch)).isNotNull());
    }

    @Test
    void aNameIsFoundWithAndWithoutItsEnding() {
        git.succeed("ls-remote", platform.url("shop"));
        git.succeed("ls-remote", platform.url("shop").replace(".git", ""));
        assertThat(git.run("ls-remote", platform.url("shop/more")).exit()).isNotZero();
        assertThat(platform.apps.find(new AppName("shop"))).isPresent();
    }

    private @org.jspecify.annotations.Nullable String head(String branch) {
        try (Repository repository = platform.repositories.open(app)) {
            var ref = repository.exactRef("refs/heads/" + branch);
            return ref == null ? null : ref.getObjectId().name();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean somebodyWaitsForALock() {
        return platform.database
                        .jdbc()
                        .sql(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
