package dev.slipway.ui.drains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.drains.Drain;
import dev.slipway.db.drains.DrainAddress;
import dev.slipway.db.drains.DrainSettings;
import dev.slipway.platform.drains.DrainHealth;
import dev.slipway.platform.drains.DrainView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainWordsTest {
    private static final Drain DRAIN = new Drain(
            1,
            1,
            DrainAddress.parse("https://logs.test"),
            true,
            new DrainSettings(true, true),
            null,
            "ada",
            Instant.EPOCH);

    private static DrainView view(long lines, long behind, long lost, @Nullable String error) {
        return new DrainView(
                DRAIN,
                new DrainHealth(1, null, lines, behind, lost, error, null, new DrainHealth.Test(Instant.EPOCH, error)));
    }

    @Test
    void theStateIsTheWorstThatIsKnown() {
        assertThat(DrainWords.status(new DrainView(DRAIN, null)).word()).isEqualTo("Not known");
        assertThat(DrainWords.status(view(0, 0, 0, null)).word()).isEqualTo("Waiting for lines");
        assertThat(DrainWords.status(view(5, 900, 0, null)).word()).isEqualTo("Sending");
        assertThat(DrainWords.status(view(5, 2 << 20, 0, null)).word()).isEqualTo("Catching up");
        assertThat(DrainWords.status(view(5, 2 << 20, 0, "away")).word()).isEqualTo("Failing");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(DrainWords.detail(view(5, 2 << 20, 3 << 20, "It is away.")))
                .isEqualTo("It is away. 2.0 MiB wait. 3.0 MiB were deleted before they could be sent.");
        assertThat(DrainWords.detail(view(5, 0, 0, null))).isEmpty();
        assertThat(DrainWords.test(view(5, 0, 0, null))).isEqualTo("The test line arrived.");
        assertThat(DrainWords.test(view(5, 0, 0, "away"))).isEqualTo("The test line didn't arrive: away.");
        assertThat(DrainWords.behaviour(DRAIN)).isEqualTo("Sends output and requests, with credentials, compressed");
    }
}
