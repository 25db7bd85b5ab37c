package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.config.ConfigVersions.Environment;
import dev.slipway.platform.releases.WayBack.Content;
import dev.slipway.platform.releases.WayBack.Target;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WayBackTest {
    private static final Processes LARGE = Processes.of(new ProcessSpec(null, null, 1024, 1000, 512, 60, 30));
    private static final Environment BROKEN = new Environment.Broken("its config can't be decrypted");
    private static final Content LIVE = content('a', env("A", "1"), Processes.DEFAULT);

    @Test
    void anotherImageCanComeBackWithOrWithoutItsConfig() {
        assertThat(to(content('b', env("A", "1"), Processes.DEFAULT), null).kinds())
                .containsExactly(RollbackKind.IMAGE_AND_CONFIG, RollbackKind.IMAGE);
    }

    @Test
    void theSameImageCanOnlyComeBackWithItsOtherConfigOrProcess() {
        assertThat(to(content('a', env("A", "2"), Processes.DEFAULT), null).kinds())
                .containsExactly(RollbackKind.IMAGE_AND_CONFIG);
        assertThat(to(content('a', env("A", "1"), LARGE), null).kinds()).containsExactly(RollbackKind.IMAGE_AND_CONFIG);
    }

    @Test
    void whatIsLiveAlreadyIsRefusedAlsoUnderAnotherNumber() {
        WayBack way = to(content('a', env("A", "1"), Processes.DEFAULT), null);
        assertThat(way.kinds()).isEmpty();
        assertThat(way.refusal()).contains("live already");
    }

    @Test
    void aDamagedImageCantComeBackAtAll() {
        WayBack way = to(content('b', env("A", "1"), Processes.DEFAULT), "a layer is missing");
        assertThat(way.kinds()).isEmpty();
        assertThat(way.refusal()).isEqualTo("a layer is missing");
    }

    @Test
    void withoutItsConfigOnlyTheImageCanComeBack() {
        Target target = new Target(ReleaseState.RETIRED, content('b', BROKEN, Processes.DEFAULT), null);
        assertThat(WayBack.to(target, LIVE).kinds()).containsExactly(RollbackKind.IMAGE);
        assertThat(target.problem()).isEqualTo("its config can't be decrypted");
        assertThat(to(content('a', BROKEN, Processes.DEFAULT), null).refusal())
                .isEqualTo("its config can't be decrypted");
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseState.class,
            names = {"PENDING", "STARTING", "LIVE", "FAILED", "CANCELLED"})
    void onlyWhatHadTheTrafficAndLostItCanComeBack(ReleaseState state) {
        Target target = new Target(state, content('b', env("A", "1"), Processes.DEFAULT), null);
        assertThat(WayBack.to(target, LIVE).kinds()).isEmpty();
        assertThat(WayBack.to(target, LIVE).refusal()).isNotBlank();
    }

    @Test
    void withNothingLiveThereIsNothingToGoBackFrom() {
        Target target = new Target(ReleaseState.RETIRED, LIVE, null);
        assertThat(WayBack.to(target, null).refusal()).contains("nothing is live");
    }

    private static WayBack to(Content content, @Nullable String imageProblem) {
        return WayBack.to(new Target(ReleaseState.RETIRED, content, imageProblem), LIVE);
    }

    private static Content content(char image, Environment config, Processes processes) {
        return new Content(new Digest("sha256:" + String.valueOf(image).repeat(64)), config, processes);
    }

    private static Environment env(String name, String value) {
        return new Environment.Whole(new TreeMap<>(Map.of(name, value)));
    }
}
