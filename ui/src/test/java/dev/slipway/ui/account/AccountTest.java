package dev.slipway.ui.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.platform.access.TokenService;
import dev.slipway.ui.apps.AppsView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.testing.DashboardTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AccountTest extends DashboardTest {
    @Autowired
    private TokenService tokens;

    @BeforeEach
    void account() {
        navigate(AccountView.class);
    }

    @AfterEach
    void leaveNoTokens() {
        tokens.list("admin").forEach(token -> tokens.revoke("admin", token.id()));
    }

    @Test
    void aNewTokenIsShownOnce() {
        find(TextField.class).withLabel("What is it for?").single().setValue("laptop");
        press("Create token");
        assertThat(find(CopyField.class).single().text()).startsWith("slw_");
        assertThat(text(find(TokenRow.class).single())).contains("laptop", "never used", "until");

        comeBack();
        assertThat(find(CopyField.class).exists()).isFalse();
        assertThat(find(TokenRow.class).exists()).isTrue();
    }

    @Test
    void aTokenWithoutANameIsRefusedInASentence() {
        press("Create token");
        assertThat(find(TextField.class).withLabel("What is it for?").single().getErrorMessage())
                .contains("A token needs a name");
        assertThat(tokens.list("admin")).isEmpty();
    }

    @Test
    void revokingAsksFirst() {
        tokens.create("admin", "old laptop", null);
        comeBack();
        test(find(Button.class)
                        .withAriaLabelContaining("Revoke the token old laptop")
                        .single())
                .click();
        assertThat(tokens.list("admin")).hasSize(1);
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(tokens.list("admin")).isEmpty();
    }

    @Test
    void twoDifferentNewPasswordsAreRefused() {
        find(PasswordField.class).withLabel("New password").single().setValue("correct horse battery");
        find(PasswordField.class).withLabel("New password again").single().setValue("correct horse bakery");
        press("Change password");
        assertThat(text(find(Callout.class).single())).contains("wasn't changed", "differ");
    }

    private void comeBack() {
        navigate(AppsView.class);
        navigate(AccountView.class);
    }
}
