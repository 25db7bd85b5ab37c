package dev.slipway.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.ui.testing.DashboardTest;
import org.junit.jupiter.api.Test;

class LogsTest extends DashboardTest {
    @Test
    void instancesAndReleasesCanBeChosenAndALinkChoosesOne() {
        App app = sample().hosted("talks", ProcessSpec.DEFAULT);
        sample().live(sample().succeeded(app, "Talk", "Anna <anna@example.com>", 3));
        UI.getCurrent().navigate("apps/talks/logs", QueryParameters.of("instance", "talks-1-gone"));
        OutputPanel panel = find(OutputPanel.class).single();
        assertThat(panel.getElement().getAttribute("source")).isEqualTo("/api/v1/apps/talks/logs");
        assertThat(panel.getElement().getAttribute("instance")).isEqualTo("talks-1-gone");
        eventually(() -> assertThat(panel.getElement().getAttribute("choices"))
                .contains("\"kind\":\"instance\"", " · Serving\"")
                .contains("{\"kind\":\"release\",\"value\":\"1\",\"text\":\"Release 1\"}"));
    }
}
