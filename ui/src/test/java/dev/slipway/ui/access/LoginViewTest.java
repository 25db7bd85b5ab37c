package dev.slipway.ui.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.router.QueryParameters;
import dev.slipway.ui.apps.AppsView;
import dev.slipway.ui.testing.DashboardTest;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.springframework.security.test.context.support.WithAnonymousUser;

@WithAnonymousUser
class LoginViewTest extends DashboardTest {
    @Test
    void whoIsNotLoggedInGetsTheLogInPage() {
        assertThatCurrentViewAfter("").isInstanceOf(LoginView.class);
        assertThatCurrentViewAfter("apps/shop/releases").isInstanceOf(LoginView.class);
    }

    @Test
    void aWrongPasswordIsSaid() {
        assertThat(formAfter("error=wrong").isError()).isTrue();
    }

    @Test
    void tooManyAttemptsSayHowLongToWait() {
        assertThat(wordsOf(formAfter("error=wait&seconds=30"))).contains("Wait 30 seconds");
    }

    @Test
    void whatIsInTheAddressIsNotShownAsItIs() {
        assertThat(wordsOf(formAfter("error=wait&seconds=12345x")))
                .contains("Wait a minute")
                .doesNotContain("12345x");
    }

    private LoginForm formAfter(String query) {
        UI.getCurrent().navigate("login", QueryParameters.fromString(query));
        return find(LoginForm.class).single();
    }

    private static String wordsOf(LoginForm form) {
        return String.valueOf(form.getElement().getPropertyRaw("i18n"));
    }

    private ObjectAssert<Object> assertThatCurrentViewAfter(String location) {
        UI.getCurrent().navigate(location);
        assertThat(getCurrentView()).isNotInstanceOf(AppsView.class);
        return assertThat((Object) getCurrentView());
    }
}
