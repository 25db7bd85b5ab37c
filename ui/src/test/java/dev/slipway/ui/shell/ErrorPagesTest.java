package dev.slipway.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.ui.testing.DashboardTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class ErrorPagesTest extends DashboardTest {
    @Test
    void anAppThatIsNotThereIsSaid() {
        assertThat(shownAt("apps/nope"))
                .contains("Not found", "There is no app called \"nope\".", "To the list of apps");
    }

    @Test
    void aBuildThatIsNotThereIsSaid() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
        assertThat(shownAt("apps/shop/builds/7")).contains("App \"shop\" has no build 7.");
        assertThat(shownAt("apps/shop/builds/seven")).contains("App \"shop\" has no such build.");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidWithoutItsInsides() {
        String sentence = Sentences.unexpected(
                new IllegalStateException(new DataAccessResourceFailureException("jdbc:postgresql://secret")), "1234");
        assertThat(sentence)
                .contains("database doesn't answer", "Your apps keep running")
                .doesNotContain("secret");
    }

    @Test
    void theUnexpectedIsSaidWithWhatFindsItInTheLog() {
        assertThat(Sentences.unexpected(new NullPointerException("a.b is null"), "0badcafe"))
                .contains("0badcafe")
                .doesNotContain("null");
    }

    private String shownAt(String location) {
        UI.getCurrent().navigate(location);
        return text((Component) getCurrentView());
    }
}
