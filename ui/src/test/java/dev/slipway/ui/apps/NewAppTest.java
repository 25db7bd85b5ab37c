package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.builds.BuildProgress;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.testing.DashboardTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class NewAppTest extends DashboardTest {
    @Autowired
    private AppService apps;

    @Test
    void aNewAppEndsOnThePageWithTheCommandsToPush() {
        navigate(NewAppView.class);
        name("shop");
        press("Create app");

        assertThat(getCurrentView()).isInstanceOf(AppView.class);
        assertThat(copyable())
                .contains("git remote add slipway http://localhost:8080/git/shop.git", "git push slipway main");
    }

    @Test
    void theTokenIsMadeInPlaceAndShownOnce() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
        navigate(AppView.class, Map.of("app", "shop"));
        press("Create a token");

        assertThat(copyable()).anyMatch(text -> text.matches("slw_[A-Za-z0-9_-]{30,}"));
        navigate(AppView.class, Map.of("app", "shop"));
        assertThat(copyable()).noneMatch(text -> text.contains("slw_"));
    }

    @Test
    void thePageTurnsIntoTheBuildWhenThePushArrives() {
        App app = sample().hosted("shop", ProcessSpec.DEFAULT);
        navigate(AppView.class, Map.of("app", "shop"));
        assertThat(find(BuildProgress.class).exists()).isFalse();

        sample().queued(app, "The first commit", "Anna Bergström <anna@example.com>");

        eventually(() -> assertThat(text(find(BuildProgress.class).single())).contains("Build 1", "The first commit"));
        assertThat(copyable()).isEmpty();
    }

    @Test
    void aNameThatCannotBeIsRefusedWhileOneTypes() {
        navigate(NewAppView.class);
        name("My Shop");
        TextField name = find(TextField.class).withLabel("Name").single();
        assertThat(name.isInvalid()).isTrue();
        assertThat(name.getErrorMessage()).contains("\"My Shop\" isn't such a name");
        name("api");
        assertThat(name.getErrorMessage()).contains("reserved");
        press("Create app");
        assertThat(apps.all()).isEmpty();
    }

    @Test
    void aTakenNameIsRefused() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
        navigate(NewAppView.class);
        name("shop");
        assertThat(find(TextField.class).withLabel("Name").single().getErrorMessage())
                .contains("already an app called \"shop\"");
    }

    @Test
    void aRepositoryElsewhereGivesTheNameAndEndsOnItsWebhook() {
        navigate(NewAppView.class);
        choosePlace(NewAppView.Place.WATCHED);
        test(find(TextField.class).withLabel("Repository").single()).setValue("https://127.0.0.1/team/My_Blog.git");
        assertThat(find(TextField.class).withLabel("Name").single().getValue()).isEqualTo("my-blog");
    }

    @SuppressWarnings("unchecked")
    private void choosePlace(NewAppView.Place place) {
        find(RadioButtonGroup.class).single().setValue(place);
    }

    private void name(String name) {
        test(find(TextField.class).withLabel("Name").single()).setValue(name);
    }

    private List<String> copyable() {
        return find(CopyField.class).all().stream().map(CopyField::text).toList();
    }
}
