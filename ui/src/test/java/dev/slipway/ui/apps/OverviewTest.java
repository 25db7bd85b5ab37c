package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import dev.slipway.db.apps.App;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.instances.Instance.State;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.ui.builds.BuildProgress;
import dev.slipway.ui.builds.BuildRow;
import dev.slipway.ui.builds.BuildView;
import dev.slipway.ui.testing.DashboardTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverviewTest extends DashboardTest {
    private static final String ANNA = "Anna Bergström <anna@example.com>";

    @Test
    void aPushDuringABuildWaitsBelowItInsteadOfHidingIt() {
        App shop = sample().hosted("shop", ProcessSpec.DEFAULT);
        sample().running(shop, "Add a basket", ANNA);
        navigate(AppView.class, Map.of("app", "shop"));
        sample().queued(shop, "Faster search", ANNA);

        eventually(() -> assertThat(text(find(BuildRow.class).single())).contains("Build 2", "Queued"));
        assertThat(text(find(BuildProgress.class).single())).contains("Build 1", "Add a basket");
    }

    @Test
    void theLatestActivityLeavesOutTheStepsInBetween() {
        App shop = sample().hosted("shop", ProcessSpec.DEFAULT);
        sample().live(sample().succeeded(shop, "Add a basket", ANNA, 10));
        navigate(AppView.class, Map.of("app", "shop"));

        assertThat(find(EventRow.class).all().stream().map(DashboardTest::text))
                .anyMatch(event -> event.contains("Release 1 live"))
                .noneMatch(event -> event.contains("Release 1 starting") || event.contains("Build 1 started"));
    }

    @Test
    void theTitleBeginsWithWhatIsShown() {
        App shop = sample().hosted("shop", ProcessSpec.DEFAULT);
        sample().succeeded(shop, "Add a basket", ANNA, 10);
        navigate(AppView.class, Map.of("app", "shop"));
        assertThat(title()).isEqualTo("shop · Slipway");
        navigate(BuildView.class, Map.of("app", "shop", "number", "1"));
        assertThat(title()).isEqualTo("Build 1 · shop · Slipway");
    }

    @Test
    void ofTheInstancesThatFailedOnlyTheLastIsShownUntilANewerOneServes() {
        Instance serving = instance(State.SERVING, 1, 2, null);
        Instance starting = instance(State.STARTING, 7, null, null);
        Instance failed = instance(State.FAILED, 3, null, 6);
        Instance failedBefore = instance(State.FAILED, 3, 4, 5);
        Instance stopped = instance(State.STOPPED, 0, 1, 2);

        assertThat(Overview.ofInterest(List.of(starting, serving, failed, failedBefore, stopped)))
                .containsExactly(starting, serving, failed);
        Instance replacement = instance(State.SERVING, 7, 8, null);
        assertThat(Overview.ofInterest(List.of(replacement, serving, failed, failedBefore)))
                .containsExactly(replacement, serving);
    }

    @Test
    void aCrashLoopIsShownWithItsReasonUntilItsTypeIsHealthyAgain() {
        Instance web = instance(State.SERVING, 9, 10, null);
        Instance twice = crashed(2, 8);
        Instance thrice = crashed(3, 12);
        assertThat(CrashLoops.of(Overview.ofInterest(List.of(web, twice)))).isEmpty();
        assertThat(CrashLoops.of(Overview.ofInterest(List.of(web, thrice, twice))))
                .containsExactly(thrice);
        assertThat(text(new CrashLoops(List.of(thrice))))
                .contains("Crash loop: worker died 3 times in a row", "It exited with code 7.", "out of luck");
    }

    private static Instance crashed(int failures, int at) {
        return new Instance(
                "shop-1.worker-" + at,
                1,
                1L,
                null,
                State.FAILED,
                "EXITED",
                "restarting in 4 s, 3rd time. It exited with code 7. Last lines:\nout of luck",
                null,
                null,
                null,
                Instant.ofEpochSecond(at - 1),
                null,
                Instant.ofEpochSecond(at),
                "worker",
                new Instance.Restart(failures, Instant.ofEpochSecond(at + 4)));
    }

    private static Instance instance(State state, int created, @Nullable Integer healthy, @Nullable Integer stopped) {
        return new Instance(
                "shop-1-" + created,
                1,
                1L,
                1L,
                state,
                null,
                null,
                null,
                null,
                8080,
                Instant.ofEpochSecond(created),
                healthy == null ? null : Instant.ofEpochSecond(healthy),
                stopped == null ? null : Instant.ofEpochSecond(stopped));
    }

    private static String title() {
        return UI.getCurrent().getInternals().getTitle();
    }
}
