package dev.slipway.ui.drains;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.drains.DrainService;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DrainsTest extends DashboardTest {
    @Autowired
    private DrainService drains;

    @BeforeEach
    void shop() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
    }

    private void add(String url) {
        press("Add drain");
        find(TextField.class).withLabel("Where to").single().setValue(url);
    }

    @Test
    void aDrainIsAddedTestedAndRemovedAfterAQuestion() {
        DrainsView view = navigate(DrainsView.class, Map.of("app", "shop"));
        assertThat(text(view)).contains("No log drains yet");
        add("https://192.88.98.7/in");
        find(PasswordField.class).withLabel("Authorization").single().setValue("Bearer t0ken");
        find(Button.class).withText("Add drain").all().getLast().click();
        assertThat(drains.ofApp("shop"))
                .singleElement()
                .satisfies(added -> assertThat(added.drain().authorized()).isTrue());

        DrainsView again = navigate(DrainsView.class, Map.of("app", "shop"));
        assertThat(text(again))
                .contains("https://192.88.98.7/in", "Sends output, with credentials")
                .doesNotContain("t0ken");
        press("Test");
        assertThat(drains.ofApp("shop").getFirst().drain().testedAt()).isNotNull();
        press("Remove");
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(drains.ofApp("shop")).isEmpty();
    }

    @Test
    void whatCannotBeIsSaidInTheDialogWhichStays() {
        navigate(DrainsView.class, Map.of("app", "shop"));
        add("http://169.254.169.254/latest");
        find(Button.class).withText("Add drain").all().getLast().click();
        assertThat(text(find(Dialog.class).single())).contains("link-local");
        assertThat(drains.ofApp("shop")).isEmpty();
    }
}
