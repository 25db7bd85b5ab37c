package dev.slipway.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.worker.engine.ImageTag;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoppedTest {
    @Test
    void eachReasonHasItsOutcome() {
        assertThat(Stopped.outcome(new Stop.LeaseLost(), "w1")).isEmpty();
        assertThat(Stopped.outcome(new Stop.CancelledBy("ada"), "w1")).contains(new BuildOutcome.Cancelled("ada"));
        assertThat(Stopped.outcome(new Stop.WorkerLeaves(), "w1"))
                .contains(new BuildOutcome.GivenBack("Worker w1 was stopped"));
        assertThat(Stopped.outcome(new Stop.TimedOut(Duration.ofMinutes(30)), "w1")
                        .orElseThrow())
                .isInstanceOfSatisfying(
                        BuildOutcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("limit of 30 min"));
        assertThat(Stopped.outcome(new Stop.RegistryStaysAway(Duration.ofSeconds(90)), "w1")
                        .orElseThrow())
                .isInstanceOfSatisfying(BuildOutcome.Errored.class, errored -> {
                    assertThat(errored.reason()).isEqualTo(BuildReason.REGISTRY_UNAVAILABLE);
                    assertThat(errored.message()).contains("limit of 90 s");
                });
    }

    @Test
    void theFirstReasonCountsAndLateActionsRunAtOnce() {
        StopSignal stop = new StopSignal();
        List<String> ran = new java.util.ArrayList<>();
        stop.onRaise(() -> ran.add("early"));
        assertThat(stop.raise(new Stop.CancelledBy("ada"))).isTrue();
        assertThat(stop.raise(new Stop.LeaseLost())).isFalse();
        stop.onRaise(() -> ran.add("late"));
        assertThat(ran).containsExactly("early", "late");
        assertThat(stop.raised()).contains(new Stop.CancelledBy("ada"));
    }

    @Test
    void allButTheNewestFiveImagesOfAnAppAreSurplus() {
        List<ImageTag> tags = IntStream.of(3, 12, 1, 9, 10, 11, 2)
                .mapToObj(n -> new ImageTag("slipway-x/shop", "b" + n))
                .toList();
        assertThat(LocalImages.surplus(tags, Set.of()))
                .extracting(ImageTag::tag)
                .containsExactly("b2", "b1");
        assertThat(LocalImages.surplus(tags, Set.of(2, 12)))
                .extracting(ImageTag::tag)
                .containsExactly("b1");
        assertThat(LocalImages.surplus(List.of(new ImageTag("slipway-x/shop", "latest")), Set.of()))
                .isEmpty();
    }
}
