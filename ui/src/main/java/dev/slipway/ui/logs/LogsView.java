package dev.slipway.ui.logs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.Bell;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.drains.DrainsView;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.AppTab;
import java.util.List;
import java.util.stream.Stream;

/// What an app's instances write: the newest lines and those that come, to search and to choose from.
@Route(value = "apps/:app/logs", layout = AppPage.class)
public class LogsView extends AppTab {
    private static final long serialVersionUID = 1;
    private static final int INSTANCES = 30;
    private static final int RELEASES = 20;

    private final ReleaseService releases;
    private final LiveUpdates live;

    public LogsView(ReleaseService releases, LiveUpdates live) {
        super("Logs");
        this.releases = releases;
        this.live = live;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        OutputPanel panel = new OutputPanel(app);
        event.getLocation().getQueryParameters().getSingleParameter("instance").ifPresent(panel::choose);
        live.watch(panel, LogsView::concerns, () -> choices(app), panel::offer);
        RouterLink drains = new RouterLink("Log drains", DrainsView.class, new RouteParameters("app", app));
        drains.addClassName("small");
        Div page = new Div(panel, drains);
        page.addClassName("page");
        return page;
    }

    private List<Choice> choices(String app) {
        return Stream.concat(
                        releases.instances(app, INSTANCES).stream().map(Choice::instance),
                        releases.numbers(app, RELEASES).stream().map(Choice::release))
                .toList();
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.INSTANCE || ring.topic() == Bell.Topic.RELEASE;
    }
}
