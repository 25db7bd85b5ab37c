package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.images.Digest;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.testing.Load;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Instances that were healthy get ill: a file decides what they answer at `/health`.
@Timeout(120)
class HealthTest {
    private static TestPlatform platform;
    private final List<App> apps = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        platform = new TestPlatform();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @AfterEach
    void deleteTheApps() {
        apps.forEach(app -> platform.apps.delete(app.id()));
        await().until(() -> platform.containers().isEmpty());
    }

    @Test
    void whatFailsItsChecksGetsNoRequestsUntilItPassesThemAgain() throws Exception {
        App app = live("pair", path(3), 2);
        Instance ill = serving(app).getFirst();
        try (Load load = new Load("pair.localhost", platform.port, 2, false)) {
            makeIll(ill);
            await().until(() -> now(app, ill).state() == Instance.State.UNHEALTHY);
            assertThat(now(app, ill).reason()).isEqualTo("UNHEALTHY");
            assertThat(now(app, ill).message())
                    .startsWith("It hasn't passed its health check for")
                    .endsWith("it answered: 404 Not Found.");
            for (int i = 0; i < 20; i++) {
                assertThat(platform.get("pair", "/").body()).doesNotContain(host(ill));
            }
            makeWell(ill);
            await().until(() -> serving(app).size() == 2);
            assertThat(now(app, ill).message()).isNull();
            await().until(() -> platform.get("pair", "/").body().contains(host(ill)));
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void theLastOneServesOnAndIsReplacedByANewOneThatIsHealthyFirst() throws Exception {
        App app = live("single", path(1), 1);
        Instance ill = serving(app).getFirst();
        makeIll(ill);
        await().until(() -> now(app, ill).state() == Instance.State.UNHEALTHY);
        assertThat(platform.get("single", "/").body()).contains(host(ill));
        await().until(() -> now(app, ill).state() == Instance.State.FAILED);
        Instance next =
                await().until(() -> serving(app), all -> all.size() == 1).getFirst();
        assertThat(next.id()).isNotEqualTo(ill.id());
        assertThat(platform.get("single", "/").body()).contains(host(next));
        assertThat(now(app, ill).reason()).isEqualTo("UNHEALTHY");
        assertThat(now(app, ill).message()).contains("1st time").contains("404 Not Found");
        await().untilAsserted(() -> assertThat(new EventLog(platform.database).ofApp(app.id(), Long.MAX_VALUE, 10))
                .anyMatch(event -> event.kind() == EventKind.INSTANCE_FAILED
                        && event.message().contains(ill.id())
                        && event.message().contains("hasn't passed its health check")));
        await().until(() -> platform.containersOf(app).size() == 1);
    }

    @Test
    void whatAnswersItsVisitorsWellIsNotReplacedWhateverItsCheckSays() throws Exception {
        App app = live("visited", path(1), 1);
        Instance ill = serving(app).getFirst();
        try (Load load = new Load("visited.localhost", platform.port, 1, false)) {
            makeIll(ill);
            // three times as long as it takes to be given up
            await().until(() -> String.valueOf(now(app, ill).message()).matches("(?s).* for (9|[1-9][0-9]+) s.*"));
            assertThat(platform.instancesOf(app)).hasSize(1);
            assertThat(load.failures()).isEmpty();
        }
        await().until(() -> now(app, ill).state() == Instance.State.FAILED);
    }

    @Test
    void aCommandInTheContainerCanBeTheCheck() throws Exception {
        App app = live("commanded", command(2, "cat", "/www/health"), 1);
        Instance ill = serving(app).getFirst();
        makeIll(ill);
        await().until(() -> now(app, ill).state() == Instance.State.UNHEALTHY);
        assertThat(now(app, ill).message())
                .contains("it answered: exit code 1 (cat: can't open '/www/health': No such file or directory)");
        makeWell(ill);
        await().until(() -> now(app, ill).state() == Instance.State.SERVING);
    }

    @Test
    void whenMostAppsBeginToFailAtOnceNothingIsDoneAndSaid() throws Exception {
        List<App> all = List.of(live("one", path(4), 1), live("two", path(4), 1), live("three", path(4), 1));
        List<Instance> ill = all.stream().flatMap(app -> serving(app).stream()).toList();
        ill.forEach(HealthTest::makeIll);
        for (App app : all) {
            await().until(() -> platform.instancesOf(app).stream()
                    .allMatch(i -> String.valueOf(i.message()).contains("so do most apps of this machine")));
            assertThat(platform.instancesOf(app)).extracting(Instance::state).containsExactly(Instance.State.SERVING);
        }
        ill.stream().skip(1).forEach(HealthTest::makeWell);
        // now it is that app's own illness
        await().until(() -> now(all.getFirst(), ill.getFirst()).state() == Instance.State.UNHEALTHY);
    }

    private static ProcessSpec path(int failures) {
        return spec("/health", new HealthCheck(null, null, 1, 2, failures));
    }

    private static ProcessSpec command(int failures, String... words) {
        return spec(null, new HealthCheck(null, List.of(words), 1, 5, failures));
    }

    private static ProcessSpec spec(@org.jspecify.annotations.Nullable String path, HealthCheck check) {
        return new ProcessSpec(null, path, 64, 500, 64, 20, 1, null, null, null, check);
    }

    private App live(String name, ProcessSpec process, int instances) {
        App app = platform.app(name, process);
        apps.add(app);
        platform.apps.setInstances(app.id(), instances);
        Digest image = TestImages.image("RUN mkdir /www && echo well > /www/health\nEXPOSE 8000\n"
                + "CMD [\"sh\", \"-c\", \"hostname > /www/index.html; exec busybox httpd -f -p 8000 -h /www\"]\n");
        platform.awaitState(platform.release(app, image, 8000), ReleaseState.LIVE);
        await().until(() -> serving(app).size() == instances);
        return app;
    }

    private static List<Instance> serving(App app) {
        return platform.instancesOf(app).stream()
                .filter(instance -> instance.state() == Instance.State.SERVING)
                .toList();
    }

    private static Instance now(App app, Instance instance) {
        return platform.instancesOf(app).stream()
                .filter(row -> row.id().equals(instance.id()))
                .findFirst()
                .orElseThrow();
    }

    private static String host(Instance instance) {
        return Objects.requireNonNull(instance.containerId()).substring(0, 12);
    }

    private static void makeIll(Instance instance) {
        run(instance, "rm", "/www/health");
    }

    private static void makeWell(Instance instance) {
        run(instance, "touch", "/www/health");
    }

    private static void run(Instance instance, String... command) {
        try {
            String exec = TestImages.docker()
                    .execCreateCmd(Objects.requireNonNull(instance.containerId()))
                    .withCmd(command)
                    .exec()
                    .getId();
            TestImages.docker().execStartCmd(exec).start().awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
