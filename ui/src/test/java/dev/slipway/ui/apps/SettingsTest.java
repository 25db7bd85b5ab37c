package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SettingsTest extends DashboardTest {
    @Autowired
    private AppService apps;

    @BeforeEach
    void settingsOfShop() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
        navigate(SettingsView.class, Map.of("app", "shop"));
    }

    @Test
    void whatIsSavedIsTheAppsNewSettings() {
        find(TextField.class).withLabel("Branch").single().setValue("release");
        find(IntegerField.class).withLabel("Port").single().setValue(8000);
        find(TextArea.class).withLabel("Build arguments").single().setValue("A=1\nB=2");
        press("Save settings");

        App app = apps.find("shop");
        assertThat(app.source().branch()).isEqualTo("release");
        assertThat(app.processes().web().port()).isEqualTo(8000);
        assertThat(app.build().buildArgs()).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(app.build().dockerfile()).isEqualTo("Dockerfile");
    }

    @Test
    void whatCannotBeIsSaidInASentenceAndNothingIsSaved() {
        find(TextField.class).withLabel("Branch").single().setValue("release");
        find(TextField.class).withLabel("Health check path").single().setValue("healthz");
        press("Save settings");

        assertThat(text(find(Callout.class).single())).contains("Nothing was saved", "must begin with /");
        assertThat(apps.find("shop").source().branch()).isEqualTo("main");
    }

    @Test
    void scalingTakesEffectAtOnce() {
        find(IntegerField.class).withAriaLabel("Number of instances").single().setValue(3);
        press("Apply");
        assertThat(apps.find("shop").instances()).isEqualTo(3);
    }

    @Test
    void deletingNeedsTheNameTyped() {
        press("Delete app …");
        Button delete = find(Button.class).withText("Delete shop").single();
        assertThat(delete.isEnabled()).isFalse();
        test(find(TextField.class).withLabel("Type the app's name to confirm").single())
                .setValue("shop");
        press("Delete shop");

        assertThat(apps.all()).isEmpty();
        assertThat(getCurrentView()).isInstanceOf(AppsView.class);
    }
}
