package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.ui.parts.AppTab;

/// An app's settings, how many instances it has, and its end.
@Route(value = "apps/:app/settings", layout = AppPage.class)
public class SettingsView extends AppTab {
    private static final long serialVersionUID = 1;

    private final PushGuides parts;

    public SettingsView(PushGuides parts) {
        super("Settings");
        this.parts = parts;
    }

    @Override
    protected Component content(String name, BeforeEnterEvent event) {
        App app = parts.apps().find(name);
        Div page = new Div(
                new ScaleSection(app, parts.apps(), parts.user()), new SettingsForm(app, parts.apps(), parts.user()));
        page.addClassNames("page", "narrow");
        if (app.source() instanceof Source.Hosted hosted) {
            page.add(new HostedGuide(app, hosted, parts, false));
        }
        page.add(new DeleteSection(app, parts.apps(), parts.user()));
        return page;
    }
}
