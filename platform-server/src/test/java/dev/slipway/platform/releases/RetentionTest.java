package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.registry.GarbageStore;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseReason;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.platform.Home;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/// Whatever was done to an app, and however often garbage was collected in between: no release within the rule of
/// retention is ever not ready, and beyond it nothing is kept. The seed is in the message of what fails.
@RunningPlatform
class RetentionTest {
    private static final int KEEP = 3;
    private static final int STEPS = 30;
    private static final Set<ReleaseState> OPEN =
            EnumSet.of(ReleaseState.PENDING, ReleaseState.STARTING, ReleaseState.LIVE);

    @Autowired
    private AppService apps;

    @Autowired
    private ConfigService configs;

    @Autowired
    private ReleaseService releases;

    @Autowired
    private Deploys deploys;

    @Autowired
    private Database database;

    @Autowired
    private Home home;

    @RepeatedTest(10)
    void noReleaseWithinTheRuleIsEverNotReadyAndNothingElseIsKept() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Given given = new Given(apps, database, home);
        App app = given.app("retention");
        given.liveRelease(app);
        for (int step = 0; step < STEPS; step++) {
            step(random, given, app);
            collect();
            verify(app, "seed " + seed + ", step " + step);
        }
    }

    private void step(Random random, Given given, App app) {
        String name = app.name().value();
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                if (apps.find(name).pause() != null && random.nextBoolean()) {
                    deploys.resume(name, false, "ada");
                }
                given.built(app);
            }
            case 3 -> configs.change(name, Map.of("V", String.valueOf(random.nextInt())), "ada");
            default ->
                releases.list(name, Integer.MAX_VALUE, 1000).stream()
                        .filter(ReleaseView::canRollBack)
                        .skip(random.nextInt(3))
                        .findFirst()
                        .ifPresent(target -> releases.rollBack(
                                name, target.release().number(), target.kinds().getFirst(), "ada"));
        }
        ReleaseStore store = new ReleaseStore(database);
        for (Release pending : store.inState(app.id(), ReleaseState.PENDING)) {
            int becomes = random.nextInt(4); // of 0, it stays on its way
            if (becomes > 0) {
                store.start(pending);
            }
            if (becomes == 1) {
                store.fail(pending, ReleaseReason.UNHEALTHY, "a test");
            } else if (becomes > 1) {
                store.goLive(pending);
            }
        }
    }

    private void collect() {
        GarbageStore garbage = new GarbageStore(database);
        garbage.repositories().forEach(repository -> garbage.removeManifests(repository, KEEP, Duration.ZERO));
        garbage.removeFromRepositories(Duration.ZERO);
        garbage.removeBlobs(Duration.ZERO);
    }

    private void verify(App app, String as) {
        List<ReleaseView> all = releases.list(app.name().value(), Integer.MAX_VALUE, 1000); // newest first
        Set<Integer> kept = new HashSet<>();
        all.stream()
                .filter(view -> view.release().liveAt() != null)
                .limit(KEEP)
                .forEach(view -> kept.add(view.image().version()));
        all.stream()
                .filter(view -> OPEN.contains(view.release().state()))
                .forEach(view -> kept.add(view.image().version()));
        int newest = database.jdbc()
                .sql("SELECT last_image FROM apps WHERE id = :id")
                .param("id", app.id())
                .query(Integer.class)
                .single();
        for (ReleaseView view : all) {
            int version = view.image().version();
            boolean ready = kept.contains(version) || version > newest - KEEP;
            assertThat(view.notReady() == null)
                    .as(
                            "%s: release %d with image v%d is ready",
                            as, view.release().number(), version)
                    .isEqualTo(ready);
        }
    }
}
