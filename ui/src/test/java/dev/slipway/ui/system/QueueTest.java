package dev.slipway.ui.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.builds.BuildService;
import dev.slipway.ui.testing.DashboardTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class QueueTest extends DashboardTest {
    @Autowired
    private BuildService builds;

    @Test
    void aQueuedBuildComesIntoSightSaysWhyItWaitsAndCanBeCancelled() {
        QueueView view = navigate(QueueView.class);
        assertThat(text(view)).contains("Nothing to build", "No worker is running");

        App shop = sample().hosted("shop", ProcessSpec.DEFAULT);
        sample().queued(shop, "Gift cards", "Anna Bergström <anna@example.com>");
        eventually(() -> assertThat(text(find(QueueRow.class).single()))
                .contains("shop, build 1", "Gift cards", "No worker is running"));

        press("Cancel");
        assertThat(builds.find("shop", 1).state().isFinal()).isTrue();
        eventually(() -> assertThat(find(QueueRow.class).exists()).isFalse());
    }
}
