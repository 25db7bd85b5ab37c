package dev.slipway.ui.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildProgressTest extends DashboardTest {
    @Test
    void aBuildWhoseLogIsGoneSaysSoBesideWhatBecameOfIt() {
        App shop = sample().hosted("shop", ProcessSpec.DEFAULT);
        sample().failed(shop, "Add a basket", "Anna Bergström <anna@example.com>");
        navigate(BuildView.class, Map.of("app", "shop", "number", "1"));
        assertThat(find(LogPanel.class).exists()).isTrue();

        sample().longAgo(shop);
        navigate(BuildView.class, Map.of("app", "shop", "number", "1"));
        assertThat(text(find(BuildProgress.class).single()))
                .contains("Its log isn't kept any more", "The newest 100 builds", "npm");
        assertThat(find(LogPanel.class).exists()).isFalse();
    }
}
