package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.parts.AppTab;

/// One app at a glance: what is on its way, what is live, its instances, what happened last. A new app's page
/// says how to push.
@Route(value = "apps/:app", layout = AppPage.class)
public class AppView extends AppTab {
    private static final long serialVersionUID = 1;

    private final OverviewParts parts;

    public AppView(OverviewParts parts) {
        super("");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        return new Overview(app, parts);
    }
}
