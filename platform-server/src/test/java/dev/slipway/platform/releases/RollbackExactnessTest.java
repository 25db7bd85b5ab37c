package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.Home;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.platform.config.ConfigVersions;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Whatever was done to an app before: going back to release k gives exactly what release k was, and what isn't a
/// release's stays. The seed is in the message of what fails.
@RunningPlatform
class RollbackExactnessTest {
    private static final int STEPS = 25;

    @Autowired
    private AppService apps;

    @Autowired
    private ConfigService configs;

    @Autowired
    private ConfigVersions versions;

    @Autowired
    private ReleaseService releases;

    @Autowired
    private Deploys deploys;

    @Autowired
    private Database database;

    @Autowired
    private Home home;

    @RepeatedTest(25)
    void goingBackGivesExactlyWhatTheReleaseWas() {
        long seed = System.nanoTime();
        Story story = new Story(
                new Random(seed),
                new Given(apps, database, home),
                new Story.Services(apps, configs, releases, deploys, database));
        for (int step = 0; step < STEPS; step++) {
            story.step();
            verify(story, seed);
        }
        List<Release> past = all(story).stream()
                .filter(release -> release.state() == ReleaseState.RETIRED)
                .toList();
        for (Release target : past) {
            for (RollbackKind kind : RollbackKind.values()) {
                goBack(story, target, kind, seed);
            }
        }
    }

    @Test
    void theConfigOfARollbackStaysThatOfTheNewerReleaseThatOvertakesIt() {
        Given given = new Given(apps, database, home);
        App app = given.app("overtaken");
        String name = app.name().value();
        given.built(app);
        given.live(app);
        configs.change(name, Map.of("BROKEN", "yes"), "ada");
        given.live(app);
        ReleaseStore store = new ReleaseStore(database);
        Release back = releases.rollBack(name, 1, RollbackKind.IMAGE_AND_CONFIG, "ada");
        store.start(back);
        deploys.release(name, 1, "ada");
        store.fail(store.find(app.id(), back.number()).orElseThrow(), ReleaseReason.NEWER_RELEASE, "a test");
        Release newer = given.live(app);
        assertThat(newer.configVersion()).isEqualTo(back.configVersion());
        assertThat(configs.present(name).names()).isEmpty();
    }

    private void goBack(Story story, Release target, RollbackKind kind, long seed) {
        story.settle();
        Story.Content then = story.content(target.number());
        Story.Content now = story.live();
        Story.Content expected = switch (kind) {
            case IMAGE_AND_CONFIG -> then;
            case IMAGE -> new Story.Content(then.image(), now.config(), now.processes());
        };
        App before = apps.find(story.name());
        if (expected.equals(now)) {
            assertThatThrownBy(() -> releases.rollBack(story.name(), target.number(), kind, "ada"))
                    .as("seed %d: release %d is live already", seed, target.number())
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Can't roll back");
            return;
        }
        story.rollBack(target.number(), kind);
        story.goLive();
        ReleaseView live = releases.live(story.name()).orElseThrow();
        assertThat(content(live))
                .as("seed %d: %s of release %d", seed, kind, target.number())
                .isEqualTo(expected);
        App after = apps.find(story.name());
        assertThat(after.instances()).isEqualTo(before.instances());
        assertThat(after.source()).isEqualTo(before.source());
        assertThat(after.build()).isEqualTo(before.build());
        assertThat(after.processes()).as("settings for the next build").isEqualTo(before.processes());
        assertThat(after.pause()).isNotNull();
        assertThat(configs.present(story.name()).names())
                .isEqualTo(List.copyOf(expected.config().keySet()));
    }

    /// Every release is what the story says, and stays so.
    private void verify(Story story, long seed) {
        List<Story.Content> actual = new ArrayList<>();
        for (Release release : all(story)) {
            actual.add(content(releases.find(story.name(), release.number())));
        }
        assertThat(actual).as("seed %d", seed).isEqualTo(story.contents());
        assertThat(apps.find(story.name()).instances()).as("seed %d", seed).isEqualTo(story.instances());
        assertThat(apps.find(story.name()).pause() != null).as("seed %d", seed).isEqualTo(story.paused());
    }

    private List<Release> all(Story story) {
        return releases.list(story.name(), Integer.MAX_VALUE, 1000).reversed().stream()
                .map(ReleaseView::release)
                .toList();
    }

    private Story.Content content(ReleaseView view) {
        int version = view.release().configVersion();
        return switch (versions.read(view.release().appId(), List.of(version)).get(version)) {
            case ConfigVersions.Environment.Whole(var variables) ->
                new Story.Content(
                        view.image().version(), variables, view.release().processes());
            case ConfigVersions.Environment.Broken(String reason) -> throw new AssertionError(reason);
            case null -> throw new AssertionError("no config " + version);
        };
    }
}
