package dev.slipway.ui.domains;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.domains.DomainService;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DomainsTest extends DashboardTest {
    @Autowired
    private DomainService domains;

    @BeforeEach
    void shop() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
    }

    private void add(String host, String path) {
        press("Add domain");
        find(TextField.class).withLabel("Domain").single().setValue(host);
        find(TextField.class).withLabel("Path").single().setValue(path);
        find(Button.class).withText("Add domain").all().getLast().click();
    }

    @Test
    void aDomainIsAddedAndRemovedAfterAQuestion() {
        DomainsView view = navigate(DomainsView.class, Map.of("app", "shop"));
        assertThat(text(view)).contains("No domains of its own yet");
        add("Shop.Example.COM.", "/api/");
        assertThat(domains.ofApp("shop").stream().map(Domain::address)).containsExactly("shop.example.com/api");

        DomainsView again = navigate(DomainsView.class, Map.of("app", "shop"));
        assertThat(text(again)).contains("shop.example.com/api", "Paths below /api");
        find(Button.class).withAriaLabel("Remove shop.example.com/api").single().click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(domains.ofApp("shop")).isEmpty();
    }

    @Test
    void whatCannotBeIsSaidInTheDialogWhichStays() {
        navigate(DomainsView.class, Map.of("app", "shop"));
        add("10.0.0.1", "");
        assertThat(text(find(Dialog.class).single())).contains("isn't a domain");
        assertThat(domains.ofApp("shop")).isEmpty();
    }
}
