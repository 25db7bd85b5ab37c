package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.db.Bell;
import dev.slipway.platform.apps.AppOverview;
import dev.slipway.platform.apps.AppSummary;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.shell.MainLayout;
import java.util.List;

/// All apps at a glance.
@Route(value = "", layout = MainLayout.class)
@PageTitle("Apps · Slipway")
public class AppsView extends Div {
    private static final long serialVersionUID = 1;

    private final KeyedList<Long, AppSummary> rows =
            new KeyedList<>(summary -> summary.app().id(), AppRow::new);
    private final EmptyState empty = new EmptyState(
            "No apps yet",
            "Create an app, push a Git repository with a Dockerfile to it, and it is built and running minutes later.");

    public AppsView(AppOverview overview, LiveUpdates live) {
        addClassName("page");
        Button create = createButton();
        Header header = new Header(new H1("Apps"), create);
        header.addClassName("page-header");
        rows.addClassNames("rows", "app-rows");
        rows.getElement().setAttribute("aria-label", "Apps");
        empty.add(createButton());
        add(header, rows, empty);
        live.watch(
                this,
                ring -> ring.topic() != Bell.Topic.LOG && ring.topic() != Bell.Topic.WORKER,
                overview::all,
                this::show);
    }

    private void show(List<AppSummary> apps) {
        rows.show(apps);
        rows.setVisible(!apps.isEmpty());
        empty.setVisible(apps.isEmpty());
    }

    private static Button createButton() {
        Button create = new Button(
                "New app", click -> click.getSource().getUI().orElseThrow().navigate(NewAppView.class));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        return create;
    }
}
