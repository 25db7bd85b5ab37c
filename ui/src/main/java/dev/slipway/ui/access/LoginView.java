package dev.slipway.ui.access;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.parts.Mark;
import java.util.regex.Pattern;

/// The log-in page. `?error=wrong` says the password was wrong, `?error=wait&seconds=30` that there were too
/// many wrong ones.
@Route(value = "login", autoLayout = false)
@PageTitle("Log in · Slipway")
public class LoginView extends Main implements BeforeEnterObserver {
    private static final long serialVersionUID = 1;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}");

    private final LoginForm form =
            new LoginForm(words("That didn't work", "The name or the password is wrong. Please try again."));

    public LoginView() {
        addClassName("login");
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        Div brand = new Div(new Mark(), new H1("Slipway"));
        brand.addClassName("login-brand");
        Paragraph help = new Paragraph(
                new Text("The first password was printed by "),
                new Code("./slipway up"),
                new Text(" when the platform was started for the first time."));
        help.addClassName("login-help");
        Div card = new Div(brand, form, help);
        card.addClassName("login-card");
        add(card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        query.getSingleParameter("error").ifPresent(error -> {
            if (error.equals("wait")) {
                form.setI18n(words(
                        "Too many attempts",
                        "There were too many wrong passwords. Wait " + wait(query) + ", then try again."));
            }
            form.setError(true);
        });
    }

    private static String wait(QueryParameters query) {
        return query.getSingleParameter("seconds")
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(seconds -> seconds.equals("1") ? "a second" : seconds + " seconds")
                .orElse("a minute");
    }

    private static LoginI18n words(String errorTitle, String errorMessage) {
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle("Log in");
        words.getForm().setUsername("Name");
        words.getForm().setPassword("Password");
        words.getForm().setSubmit("Log in");
        words.getErrorMessage().setTitle(errorTitle);
        words.getErrorMessage().setMessage(errorMessage);
        words.getErrorMessage().setUsername("Please enter your name.");
        words.getErrorMessage().setPassword("Please enter your password.");
        return words;
    }
}
