package dev.slipway.ui.drains;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;

/// Where an app's log is sent besides being kept.
@Route(value = "apps/:app/logs/drains", layout = AppPage.class)
public class DrainsView extends AppTab {
    private static final long serialVersionUID = 1;

    private final DrainParts parts;

    public DrainsView(DrainParts parts) {
        super("Log drains");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        Div page = new Div(new DrainList(app, parts));
        page.addClassName("page");
        return page;
    }
}
