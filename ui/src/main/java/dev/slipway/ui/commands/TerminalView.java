package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;

/// A shell in a new container of what is live.
@Route(value = "apps/:app/commands/terminal", layout = AppPage.class)
public class TerminalView extends AppTab {
    private static final long serialVersionUID = 1;

    public TerminalView() {
        super("Terminal");
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        RouterLink back = new RouterLink("All commands", CommandsView.class, new RouteParameters(APP, app));
        back.addClassName("back");
        Paragraph what = new Paragraph(
                "A container of its own with the live release's image, config and volumes, which it can only read; no visitor is sent to it. It goes when you leave this page.");
        what.addClassName("quiet");
        Div page = new Div(back, new H2("Terminal"), what, new TerminalPanel(app));
        page.addClassName("section");
        return page;
    }
}
