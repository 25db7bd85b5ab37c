package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.TextArea;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ConfigTest extends DashboardTest {
    @Autowired
    private ConfigService configs;

    @BeforeEach
    void configOfShop() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
    }

    @Test
    void whatIsPastedIsSetAndTheFieldForgetsIt() {
        ConfigView view = navigate(ConfigView.class, Map.of("app", "shop"));
        assertThat(text(view)).contains("No variables yet");
        TextArea field = find(TextArea.class).withLabel("Variables to set").single();
        field.setValue("# mine\nAPI_KEY='s3cret value'\nMODE=fast");
        press("Save variables");

        assertThat(configs.present("shop").names()).containsExactly("API_KEY", "MODE");
        assertThat(field.getValue()).isEmpty();
        ConfigView again = navigate(ConfigView.class, Map.of("app", "shop"));
        assertThat(text(again)).contains("API_KEY", "MODE").doesNotContain("s3cret");
    }

    @Test
    void aVariableIsRemovedAfterAQuestion() {
        configs.change("shop", Map.of("API_KEY", "x", "MODE", "fast"), "admin");
        navigate(ConfigView.class, Map.of("app", "shop"));
        find(Button.class).withAriaLabel("Remove MODE").single().click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(configs.present("shop").names()).containsExactly("API_KEY");
    }
}
