package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.testing.DashboardTest;
import java.util.List;
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
    void whatOthersChangedMeanwhileIsntUndone() {
        apps.update(
                "shop", app -> new AppDraft("shop", null, null, null, "next", 60, app.build(), app.processes()), "ada");
        find(IntegerField.class).withLabel("Port").single().setValue(8000);
        press("Save settings");
        assertThat(text(find(Callout.class).single())).contains("Nothing was saved", "were changed meanwhile");
        assertThat(apps.find("shop").source().branch()).isEqualTo("next");
        assertThat(apps.find("shop").processes().web().port()).isNull();
    }

    @Test
    void whatWasSavedCanBeChangedOnceMore() {
        find(IntegerField.class).withLabel("Port").single().setValue(8000);
        press("Save settings");
        find(IntegerField.class).withLabel("Port").single().setValue(9000);
        press("Save settings");
        assertThat(apps.find("shop").processes().web().port()).isEqualTo(9000);
    }

    @Test
    void aHealthCheckCanBeACommandAndHasItsOwnTimes() {
        find(TextField.class).withLabel("Health check command").single().setValue("bin/up 'a b'");
        find(IntegerField.class).withLabel("Ask every").single().setValue(30);
        press("Save settings");

        assertThat(apps.find("shop").processes().web().health())
                .isEqualTo(new HealthCheck(null, List.of("bin/up", "a b"), 30, null, null));
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
    void aRepositoryThatMovesToAnotherServerNeedsItsUserAndPasswordAgain() {
        sample().watched("blog", "https://127.0.0.1/blog.git");
        navigate(SettingsView.class, Map.of("app", "blog"));
        find(TextField.class).withLabel("User name").single().setValue("ada");
        find(PasswordField.class).withLabel("Password or token").single().setValue("s3cret");
        press("Save settings");
        assertThat(apps.find("blog").repositoryCredentials()).isTrue();
        assertThat(find(PasswordField.class)
                        .withLabel("Password or token")
                        .single()
                        .getValue())
                .isEmpty();
        assertThat(find(Callout.class).all()).isEmpty();

        find(TextField.class).withLabel("Repository").single().setValue("https://127.0.0.2/blog.git");
        press("Save settings");
        assertThat(apps.find("blog").repositoryCredentials()).isFalse();
        assertThat(text(find(Callout.class).single())).contains("on another server now", "were forgotten");
    }

    @Test
    void scalingTakesEffectAtOnce() {
        find(IntegerField.class).withAriaLabel("Number of instances").single().setValue(3);
        press("Apply");
        assertThat(apps.find("shop").instances()).isEqualTo(3);
    }

    @Test
    void processTypesAndTheReleaseCommandAreSettingsToo() {
        find(TextField.class).withLabel("Command").all().getFirst().setValue("node 'my server.js'");
        find(TextField.class).withLabel("Command").all().getLast().setValue("bin/migrate up");
        find(TextField.class).withLabel("New process type").single().setValue("worker");
        press("Add process type");
        find(TextField.class).withLabel("Command").all().get(1).setValue("bin/work");
        find(IntegerField.class).withLabel("Memory limit").all().getLast().setValue(64);
        find(IntegerField.class).withLabel("Healthy after").single().setValue(2);
        press("Save settings");

        Processes saved = apps.find("shop").processes();
        assertThat(saved.web().command()).isEqualTo(List.of("node", "my server.js"));
        assertThat(saved.others())
                .isEqualTo(Map.of(
                        "worker",
                        new ProcessSpec(null, null, 64, 1000, 512, 60, 30, List.of("bin/work"), null, 2, null)));
        assertThat(saved.release()).isEqualTo(new ReleaseCommand(List.of("bin/migrate", "up"), 600));

        navigate(SettingsView.class, Map.of("app", "shop"));
        find(IntegerField.class)
                .withAriaLabel("Number of instances of worker")
                .single()
                .setValue(4);
        find(Button.class).withAriaLabel("Apply to worker").single().click();
        assertThat(apps.find("shop").scale().of("worker")).isEqualTo(4);
        press("Remove worker");
        press("Save settings");
        assertThat(apps.find("shop").processes().others()).isEmpty();
    }

    @Test
    void aNameThatCantBeAProcessTypesIsToldAtOnce() {
        find(TextField.class).withLabel("New process type").single().setValue("Web");
        press("Add process type");
        assertThat(find(TextField.class).withLabel("New process type").single().getErrorMessage())
                .contains("can't be the name of a process type");
        assertThat(find(TextField.class).withLabel("Command").all()).hasSize(2);
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
