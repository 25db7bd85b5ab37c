package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.textfield.TextArea;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.platform.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildFieldsTest {
    @Test
    void whatIsShownIsReadAsItWas() {
        BuildSettings build = new BuildSettings(
                "web",
                "Containerfile",
                "run",
                Map.of("A", "1", "B", " two\nlines ", "C", "x=y # 'no comment'"),
                60,
                List.of("NPM_TOKEN"));
        BuildFields fields = new BuildFields();
        fields.show(build);
        assertThat(fields.read()).isEqualTo(build);
    }

    @Test
    void aLineThatIsNoBuildArgumentIsRefused() {
        BuildFields fields = new BuildFields();
        fields.getChildren()
                .filter(TextArea.class::isInstance)
                .forEach(field -> ((TextArea) field).setValue("A=1\nnonsense"));
        assertThatThrownBy(fields::read)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Build arguments: Line 2 isn't of the form NAME=value");
    }

    @Test
    void namesOfSecretsAreSeparatedByCommasOrBlanks() {
        assertThat(BuildFields.names(" A, B  C\n,D,")).containsExactly("A", "B", "C", "D");
        assertThat(BuildFields.names(" ")).isEmpty();
    }
}
