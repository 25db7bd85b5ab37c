package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.shell.MainLayout;

/// A new app in one short form.
@Route(value = "new", layout = MainLayout.class)
@PageTitle("New app · Slipway")
public class NewAppView extends Div {
    private static final long serialVersionUID = 1;

    public NewAppView() {
        add(new H1("New app"));
    }
}
