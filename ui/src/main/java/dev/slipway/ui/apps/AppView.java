package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.shell.MainLayout;

/// One app: what is live and what is on its way.
@Route(value = "apps/:app", layout = MainLayout.class)
public class AppView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1;
    private final AppService apps;

    public AppView(AppService apps) {
        this.apps = apps;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        add(new H1(apps.find(event.getRouteParameters().get("app").orElseThrow()).name().value()));
    }
}
