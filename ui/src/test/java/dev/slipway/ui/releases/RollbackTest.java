package dev.slipway.ui.releases;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCause;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.platform.releases.RollbackKind;
import dev.slipway.ui.apps.AppsView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RollbackTest extends DashboardTest {
    private static final String ANNA = "Anna Bergström <anna@example.com>";

    @Autowired
    private ReleaseService releases;

    @Autowired
    private AppService apps;

    @Autowired
    private ConfigService configs;

    @BeforeEach
    void twoReleases() {
        App shop = sample().hosted("shop", ProcessSpec.DEFAULT);
        sample().live(sample().succeeded(shop, "Add a basket", ANNA, 10));
        sample().live(sample().succeeded(shop, "Faster search", ANNA, 10));
        navigate(ReleasesView.class, Map.of("app", "shop"));
    }

    @Test
    void theDialogShowsWhatChangesAndWhatStays() {
        test(button(1)).click();

        String shown = text(find(RollbackDialog.class).single());
        assertThat(find(Dialog.class).single().getHeaderTitle()).isEqualTo("Roll back to release 1");
        assertThat(shown)
                .contains(
                        "Commits",
                        "Now: release 2",
                        "v2 ",
                        "v1 ",
                        "1 of its own",
                        "2 shared",
                        "Stays as it is: number of instances, domains, volumes",
                        "Automatic deploys pause");
        assertThat(releases.list("shop", Integer.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void confirmingMakesANewReleaseWhoseProgressIsShown() {
        test(button(1)).click();
        press("Roll back to release 1");

        ReleaseView made = releases.find("shop", 3);
        assertThat(made.release().state()).isEqualTo(ReleaseState.PENDING);
        assertThat(made.rollbackOf()).isEqualTo(1);
        assertThat(made.release().createdBy()).isEqualTo("admin");
        eventually(() -> assertThat(text(find(ReleaseProgress.class).single()))
                .contains("Release 3", "Release 2 keeps serving"));
        sample().live(made.release());
        eventually(() -> assertThat(find(ReleaseProgress.class).exists()).isFalse());
    }

    @Test
    void aRollbackPausesDeploysVisiblyUntilSomebodyResumesThem() {
        test(button(1)).click();
        press("Roll back to release 1");
        sample().live(releases.find("shop", 3).release());
        eventually(() -> assertThat(text(find(Callout.class).single()))
                .contains("Automatic deploys are paused", "admin rolled back to release 1"));

        assertThat(text(navigate(AppsView.class))).contains("Deploys paused");
        navigate(ReleasesView.class, Map.of("app", "shop"));

        App shop = apps.find("shop");
        sample().built(shop, "Gift cards", ANNA, 10);
        assertThat(releases.list("shop", Integer.MAX_VALUE, 10)).hasSize(3);
        eventually(() -> assertThat(
                        find(Button.class).withText("Resume and release v3").exists())
                .isTrue());
        press("Resume and release v3");
        assertThat(releases.find("shop", 4).image().version()).isEqualTo(3);
        eventually(() -> assertThat(find(Callout.class).exists()).isFalse());
    }

    @Test
    @SuppressWarnings("unchecked")
    void onlyTheImageComesBackWhenThatIsChosen() {
        configs.change("shop", Map.of("MODE", "fast"), "admin");
        navigate(ReleasesView.class, Map.of("app", "shop"));
        test(button(1)).click();
        assertThat(text(find(RollbackDialog.class).single()))
                .contains("Before you do", "Release 3 hasn't started yet; it is cancelled by this.");
        press("Keep release 2");
        sample().live(releases.find("shop", 3).release());
        navigate(ReleasesView.class, Map.of("app", "shop"));
        test(button(1)).click();
        RollbackDialog dialog = find(RollbackDialog.class).single();
        assertThat(text(dialog)).contains("MODE");
        assertThat(text(dialog)).doesNotContain("Before you do");
        find(RadioButtonGroup.class).single().setValue(RollbackKind.IMAGE);
        assertThat(text(dialog)).doesNotContain("MODE");
        press("Roll back to release 1");

        Release made = releases.find("shop", 4).release();
        assertThat(made.cause()).isEqualTo(ReleaseCause.ROLLBACK_IMAGE);
        assertThat(made.configVersion()).isEqualTo(1);
        assertThat(releases.find("shop", 4).image().version()).isEqualTo(1);
    }

    @Test
    void theReleaseCommandOfThenIsRunOnlyWhenThatIsTicked() {
        App shop = apps.find("shop");
        sample().releaseCommand(shop, "bin/migrate");
        sample().live(sample().succeeded(shop, "Gift cards", ANNA, 10));
        sample().live(sample().succeeded(shop, "Vouchers", ANNA, 10));
        navigate(ReleasesView.class, Map.of("app", "shop"));
        test(button(3)).click();
        assertThat(text(find(RollbackDialog.class).single()))
                .contains("Release 4 ran its release command (bin/migrate)", "isn't undone by a rollback");
        find(Checkbox.class).single().setValue(true);
        press("Roll back to release 3");
        assertThat(releases.find("shop", 5).command()).isNotNull();
        eventually(() -> assertThat(text(find(ReleaseProgress.class).single()))
                .contains("Release command", "bin/migrate", "Waiting"));
    }

    @Test
    void anyTwoReleasesAreComparedOnAPageOfTheirOwn() {
        CompareView page = navigate(CompareView.class, Map.of("app", "shop", "from", "1", "to", "2"));
        assertThat(text(page)).contains("Release 1 and release 2", "Image", "v1 ", "v2 ");
        CompareView same = navigate(CompareView.class, Map.of("app", "shop", "from", "2", "to", "2"));
        assertThat(text(same)).contains("The same image, config and process settings");
    }

    @Test
    void keepingTheLiveReleaseChangesNothing() {
        test(button(1)).click();
        press("Keep release 2");
        assertThat(releases.list("shop", Integer.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void theLiveReleaseHasNoButtonToGoBackToIt() {
        assertThat(find(Button.class)
                        .withAriaLabelContaining("Roll back, release 2")
                        .exists())
                .isFalse();
    }

    @Test
    void aReleaseLinksToItsBuild() {
        assertThat(find(RouterLink.class).withText("Build 1").single().getHref())
                .isEqualTo("apps/shop/builds/1");
    }

    private Button button(int release) {
        return find(Button.class)
                .withAriaLabelContaining("Roll back, release " + release)
                .single();
    }
}
