package dev.slipway.ui.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.addresses.AddressRange;
import dev.slipway.db.door.DoorUser;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.door.DoorService;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AccessTest extends DashboardTest {
    @Autowired
    private DoorService doors;

    @BeforeEach
    void shop() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
    }

    @Test
    void maintenanceIsTurnedOnAndOffAndSaidOnAllPagesOfTheApp() {
        AccessView view = navigate(AccessView.class, Map.of("app", "shop"));
        find(TextArea.class).withLabel("What the page says").single().setValue("Back at noon.");
        find(TextArea.class).withLabel("Who gets through all the same").single().setValue("10.1.2.3/8, ::1");
        press("Turn maintenance on");
        assertThat(doors.maintenance("shop").on()).isTrue();
        assertThat(doors.maintenance("shop").notice()).isEqualTo("Back at noon.");
        assertThat(doors.maintenance("shop").allowed())
                .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"));
        AppPage page = (AppPage) view.getParent().orElseThrow().getParent().orElseThrow();
        eventually(() -> assertThat(text(page)).contains("Maintenance is on", "2 addresses and ranges get through"));
        press("Turn maintenance off");
        assertThat(doors.maintenance("shop").on()).isFalse();
        eventually(() -> assertThat(text(page)).doesNotContain("Maintenance is on"));
    }

    @Test
    void whatCannotBeIsSaidAndNothingIsChanged() {
        AccessView view = navigate(AccessView.class, Map.of("app", "shop"));
        find(TextArea.class).withLabel("Only from these addresses").single().setValue("10.0.0.0/8\nexample.com");
        find(Button.class).withText("Save").all().getLast().click();
        assertThat(text(view)).contains("Nothing was changed", "\"example.com\" is no IP address");
        assertThat(doors.of("shop").settings().allowed()).isEmpty();
    }

    @Test
    void aVisitorIsInvitedAndRemovedAfterAQuestion() {
        AccessView view = navigate(AccessView.class, Map.of("app", "shop"));
        assertThat(text(view)).contains("Nobody is asked for a password");
        find(TextField.class).withLabel("User").single().setValue("anna");
        find(PasswordField.class).withLabel("Password").single().setValue("short");
        press("Invite");
        assertThat(text(view)).contains("between 8 and 200 characters");
        find(PasswordField.class).withLabel("Password").single().setValue("long enough");
        press("Invite");
        assertThat(doors.of("shop").users().stream().map(DoorUser::name)).containsExactly("anna");
        assertThat(text(view)).contains("anna").doesNotContain("long enough");

        find(Button.class).withAriaLabel("Remove anna").single().click();
        assertThat(text(find(ConfirmDialog.class).single())).isNotNull();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(doors.of("shop").users()).isEmpty();
    }
}
