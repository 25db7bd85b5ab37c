package dev.slipway.ui.door;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;

/// Whom an app lets in: maintenance, passwords, addresses, limits.
@Route(value = "apps/:app/access", layout = AppPage.class)
public class AccessView extends AppTab {
    private static final long serialVersionUID = 1;

    private final DoorParts parts;

    public AccessView(DoorParts parts) {
        super("Access");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        Div page = new Div(
                new MaintenanceSection(app, parts), new VisitorsSection(app, parts), new RulesSection(app, parts));
        page.addClassNames("page", "narrow");
        return page;
    }
}
