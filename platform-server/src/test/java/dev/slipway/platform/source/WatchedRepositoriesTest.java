package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRepositoriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private GitPlatform platform;
    private RemoteGit remote;
    private GitClient author;
    private WatchedRepositories watched;

    @BeforeEach
    void start() throws Exception {
        platform = new GitPlatform(directory.resolve("home"));
        remote = new RemoteGit(Files.createDirectory(directory.resolve("remote")));
        author = GitClient.init(Files.createDirectory(directory.resolve("work")));
        author.succeed(
                "init",
                "-q",
                "--bare",
                "-b",
                "main",
                directory.resolve("remote/shop.git").toString());
        author.succeed(
                "remote", "add", "origin", directory.resolve("remote/shop.git").toString());
        watched = watching("127.0.0.1");
    }

    @AfterEach
    void stop() {
        watched.close();
        remote.close();
        platform.close();
    }

    private WatchedRepositories watching(String allowed) {
        Fetcher fetcher = new Fetcher(new RepositoryUrlPolicy(allowed), GitPlatform.LIMITS);
        return new WatchedRepositories(
                platform.apps, platform.masterKey, platform.repositories, fetcher, platform.heads);
    }

    @Test
    void eachNewHeadIsBuiltOnce() {
        String first = push("Dockerfile");
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        assertThat(platform.buildsOf(app)).singleElement().satisfies(build -> {
            assertThat(build.commit().id().value()).isEqualTo(first);
            assertThat(build.cause()).isEqualTo(BuildCause.POLL);
        });

        fetch(app);
        assertThat(platform.buildsOf(app)).hasSize(1);

        String second = push("README");
        fetch(app);
        assertThat(platform.buildsOf(app))
                .hasSize(2)
                .first()
                .satisfies(build -> assertThat(build.commit().id().value()).isEqualTo(second));
        assertThat(error(app)).isNull();
    }

    @Test
    void historyThatWasRewrittenIsFollowed() {
        push("Dockerfile");
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        author.succeed("commit", "-q", "--amend", "-m", "Another");
        author.succeed("push", "-q", "-f", "origin", "main");
        String head = author.succeed("rev-parse", "HEAD").strip();

        fetch(app);

        assertThat(platform.buildsOf(app))
                .first()
                .satisfies(build -> assertThat(build.commit().id().value()).isEqualTo(head));
    }

    @Test
    void anAnnouncedPushIsFetchedAtOnceAndSaysSo() {
        push("Dockerfile");
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        push("README");

        watched.announce(app.id());

        await().atMost(PATIENCE).until(() -> platform.buildsOf(app).size() == 2);
        assertThat(platform.buildsOf(app).getFirst().cause()).isEqualTo(BuildCause.WEBHOOK);
    }

    @Test
    void aMissingBranchIsAnsweredWithTheOnesThatExist() {
        push("Dockerfile");
        author.succeed("push", "-q", "origin", "main:develop");
        App app = watch(remote.url("shop"), "master");
        fetch(app);
        assertThat(error(app)).contains("no branch master").contains("develop, main");
    }

    @Test
    void aRepositoryWithoutCommitsSaysSo() {
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        assertThat(error(app)).contains("no branches yet");
    }

    @Test
    void aRepositoryThatDoesntExistSaysSo() {
        App app = watch(remote.url("nothing"), "main");
        fetch(app);
        assertThat(error(app)).contains("There is no repository at").contains("nothing.git");
    }

    @Test
    void credentialsAreSentWhenAskedFor() {
        push("Dockerfile");
        remote.requireLogIn("ada", "pass:word");
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        assertThat(error(app)).contains("needs a user and a password");

        logIn(app, "ada:wrong");
        fetch(app);
        assertThat(error(app)).contains("doesn't accept").doesNotContain("wrong");

        logIn(app, "ada:pass:word");
        fetch(app);
        assertThat(error(app)).isNull();
        assertThat(platform.buildsOf(app)).hasSize(1);
    }

    @Test
    void credentialsArentReadForAFetchFromWhereTheRepositoryWasBefore() {
        App app = watch(remote.url("shop"), "main");
        logIn(app, "ada:secret");
        assertThat(platform.apps.repositorySecret(app.id(), remote.url("shop"))).isNotNull();
        assertThat(platform.apps.repositorySecret(app.id(), remote.url("elsewhere")))
                .isNull();
    }

    @Test
    void credentialsDontFollowARedirectToAnotherServer() throws Exception {
        push("Dockerfile");
        try (RemoteGit other = new RemoteGit(directory.resolve("remote"))) {
            remote.intercept(exchange -> {
                if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                    exchange.sendResponseHeaders(401, -1);
                } else {
                    exchange.getResponseHeaders()
                            .add("Location", "http://127.0.0.1:" + other.port() + exchange.getRequestURI());
                    exchange.sendResponseHeaders(302, -1);
                }
                return true;
            });
            App app = watch(remote.url("shop"), "main");
            logIn(app, "ada:secret");

            fetch(app);

            assertThat(remote.requests).anyMatch(request -> request.authorization() != null);
            assertThat(other.requests).isNotEmpty().allMatch(request -> request.authorization() == null);
            assertThat(error(app)).isNull();
        }
    }

    @Test
    void aRedirectToAnAddressThatIsntAllowedIsNotFollowed() throws Exception {
        HttpServer inside = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0), 0);
        List<String> reached = new java.util.concurrent.CopyOnWriteArrayList<>();
        inside.createContext("/", exchange -> {
            reached.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        inside.start();
        try {
            remote.intercept(exchange -> {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.2:" + inside.getAddress().getPort() + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
                return true;
            });
            App app = watch(remote.url("shop"), "main");
            fetch(app);
            assertThat(error(app)).contains("127.0.0.2").contains("SLIPWAY_ALLOW_PRIVATE_REPOSITORIES");
            assertThat(reached).isEmpty();
        } finally {
            inside.stop(0);
        }
    }

    @Test
    void whatIsOnThisMachineIsntFetched() {
        push("Dockerfile");
        watched.close();
        watched = watching("");
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        assertThat(error(app)).contains("127.0.0.1 (this machine)");
        assertThat(remote.requests).isEmpty();
    }

    @Test
    void aServerThatIsBrokenOrNoGitServerIsNamedSo() {
        App app = watch(remote.url("shop"), "main");
        remote.intercept(exchange -> {
            exchange.sendResponseHeaders(503, -1);
            return true;
        });
        fetch(app);
        assertThat(error(app)).contains("HTTP 503");

        remote.intercept(exchange -> {
            byte[] page = "<html>Hello</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            return true;
        });
        fetch(app);
        assertThat(error(app)).contains(remote.url("shop")).contains("not as a Git server does");
    }

    @Test
    void aServerThatIsAwayIsNamedSo() {
        App app = watch(remote.url("shop"), "main");
        remote.close();
        fetch(app);
        assertThat(error(app)).contains("refuses connections");
    }

    @Test
    void moreThanTheLimitIsNotFetched() {
        push("Dockerfile");
        watched.close();
        Fetcher fetcher = new Fetcher(new RepositoryUrlPolicy("127.0.0.1"), new SourceLimits(100, 100, 100));
        watched = new WatchedRepositories(
                platform.apps, platform.masterKey, platform.repositories, fetcher, platform.heads);
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        assertThat(error(app)).contains("larger than 100 bytes");
        assertThat(platform.buildsOf(app)).isEmpty();
    }

    @Test
    void aFileLargerThanTheLimitIsNotFetched() {
        author.commit("large", "x".repeat(2 << 20));
        push("Dockerfile");
        Repositories strict = new Repositories(platform.home, new SourceLimits(1L << 30, 1L << 20, 1_000));
        watched.close();
        watched = new WatchedRepositories(
                platform.apps,
                platform.masterKey,
                strict,
                new Fetcher(new RepositoryUrlPolicy("127.0.0.1"), GitPlatform.LIMITS),
                platform.heads);
        App app = watch(remote.url("shop"), "main");
        fetch(app);
        assertThat(error(app)).contains("a file in its history is too large");
        assertThat(platform.buildsOf(app)).isEmpty();
    }

    @Test
    void theBranchesOfARemoteRepositoryAreListed() {
        push("Dockerfile");
        author.succeed("push", "-q", "origin", "main:develop");
        Fetcher fetcher = new Fetcher(new RepositoryUrlPolicy("127.0.0.1"), GitPlatform.LIMITS);
        assertThat(fetcher.branches(remote.url("shop"), null, null))
                .isEqualTo(new Branches("main", List.of("develop", "main")));
    }

    private String push(String file) {
        String commit = author.commit(file, "content " + System.nanoTime());
        author.succeed("push", "-q", "origin", "main");
        return commit;
    }

    private App watch(String url, String branch) {
        return platform.create("shop", new Source.Watched(url, branch, 86_400));
    }

    private void logIn(App app, String credentials) {
        platform.apps.setRepositorySecret(app.id(), platform.masterKey.encrypt("repository", credentials));
    }

    /// Fetches once, to the end.
    private void fetch(App app) {
        var before = platform.apps.find(app.id()).orElseThrow().fetchedAt();
        platform.apps.fetchSoon(app.id());
        watched.look();
        await().atMost(PATIENCE)
                .until(() -> !Objects.equals(
                        before, platform.apps.find(app.id()).orElseThrow().fetchedAt()));
    }

    private @Nullable String error(App app) {
        return platform.apps.find(app.id()).orElseThrow().fetchError();
    }
}
