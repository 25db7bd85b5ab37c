package dev.slipway.ui.account;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.platform.access.Accounts;
import dev.slipway.platform.access.TokenService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.shell.MainLayout;

/// A person's tokens and password.
@Route(value = "account", layout = MainLayout.class)
@PageTitle("Account · Slipway")
public class AccountView extends Div {
    private static final long serialVersionUID = 1;

    public AccountView(TokenService tokens, Accounts accounts, CurrentUser user) {
        addClassNames("page", "narrow");
        Section access = new Section(new H2("Tokens"), new TokensBox(tokens, user));
        Section password = new Section(new H2("Password"), new PasswordBox(accounts, user));
        access.addClassName("section");
        password.addClassName("section");
        add(new H1("Account of " + user.name()), access, password);
    }
}
