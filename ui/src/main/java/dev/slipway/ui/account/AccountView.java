package dev.slipway.ui.account;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.shell.MainLayout;

/// A person's tokens and password.
@Route(value = "account", layout = MainLayout.class)
@PageTitle("Account · Slipway")
public class AccountView extends Div {
    private static final long serialVersionUID = 1;

    public AccountView() {
        add(new H1("Account"));
    }
}
