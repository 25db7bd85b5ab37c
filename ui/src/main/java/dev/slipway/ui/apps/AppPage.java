package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HighlightConditions;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.Bell;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.DeployPause;
import dev.slipway.db.apps.Source;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppOverview;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.apps.AppSummary;
import dev.slipway.ui.builds.BuildsView;
import dev.slipway.ui.commands.CommandsView;
import dev.slipway.ui.domains.DomainsView;
import dev.slipway.ui.door.AccessView;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.metrics.MetricsView;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.releases.ReleasesView;
import dev.slipway.ui.shell.MainLayout;
import dev.slipway.ui.storage.StorageView;
import java.util.Optional;

/// What all pages of one app have in common: its name, state and address, and the way to the other pages.
@ParentLayout(MainLayout.class)
public class AppPage extends Div implements RouterLayout, BeforeEnterObserver {
    private static final long serialVersionUID = 1;

    private final AppService apps;
    private final AppOverview overview;
    private final LiveUpdates live;
    private final Banners banners;
    private final Div top = new Div();
    private final Div body = new Div();
    private String shown = "";

    public AppPage(AppService apps, AppOverview overview, LiveUpdates live, Banners banners) {
        this.apps = apps;
        this.overview = overview;
        this.live = live;
        this.banners = banners;
        addClassNames("page", "app-page");
        top.addClassName("app-top");
        add(top, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        App app = apps.find(AppTab.appOf(event));
        if (!app.name().value().equals(shown)) {
            shown = app.name().value();
            top.removeAll();
            top.add(new Head(app));
        }
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        body.getElement().appendChild(content.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement oldContent) {
        body.getElement().removeAllChildren();
    }

    /// The head of one app; another app's page gets another.
    private final class Head extends Div {
        private static final long serialVersionUID = 1;

        private final StatusPill state = new StatusPill(Status.of(AppSummary.Health.NEW));
        private final Anchor open = new Anchor();
        private final Slot<PauseBanner.State> paused =
                new Slot<>(found -> new PauseBanner(found, banners.deploys(), banners.user()));
        private final Slot<DoorSettings.Maintenance> maintenance;

        Head(App app) {
            String name = app.name().value();
            H1 title = new H1(name);
            RouterLink back = new RouterLink("Apps", AppsView.class);
            back.addClassName("back");
            Div heading = new Div(title, state);
            heading.addClassName("app-heading");
            open.addClassName("open-app");
            open.setTarget(AnchorTarget.BLANK);
            Header header = new Header(new Div(back, heading), open);
            header.addClassNames("page-header", "app-header");
            maintenance = new Slot<>(found -> new MaintenanceBanner(name, found, banners));
            add(header, tabs(app), maintenance, paused);
            live.watch(this, AppPage::concerns, () -> find(name), this::show);
        }

        private void show(Optional<Seen> found) {
            if (found.isEmpty()) {
                Notices.done("The app was deleted.");
                getUI().ifPresent(ui -> ui.navigate(AppsView.class));
                return;
            }
            AppSummary summary = found.get().summary();
            DoorSettings.Maintenance now = found.get().maintenance();
            maintenance.show(now.on() ? now : null);
            state.show(Status.of(summary.health()));
            DeployPause pause = summary.app().pause();
            ImageVersion held = summary.held();
            paused.show(
                    pause == null
                            ? null
                            : new PauseBanner.State(
                                    summary.app().name().value(), pause, held == null ? null : held.version()));
            open.setVisible(summary.live() != null);
            open.setHref(summary.url());
            open.setText(summary.url().replaceFirst("^https?://", "") + " ↗");
        }
    }

    /// What the head shows of its app.
    private record Seen(AppSummary summary, DoorSettings.Maintenance maintenance) {}

    private Optional<Seen> find(String name) {
        try {
            return Optional.of(
                    new Seen(overview.summary(apps.find(name)), banners.doors().maintenance(name)));
        } catch (Problem deleted) {
            return Optional.empty();
        }
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() != Bell.Topic.LOG && ring.topic() != Bell.Topic.WORKER;
    }

    private static Nav tabs(App app) {
        RouteParameters parameters = new RouteParameters("app", app.name().value());
        Nav tabs = new Nav(
                tab("Overview", AppView.class, parameters),
                tab("Builds", BuildsView.class, parameters),
                tab("Releases", ReleasesView.class, parameters),
                tab("Logs", LogsView.class, parameters),
                tab("Metrics", MetricsView.class, parameters),
                tab("Commands", CommandsView.class, parameters),
                tab("Config", ConfigView.class, parameters),
                tab("Domains", DomainsView.class, parameters),
                tab("Storage", StorageView.class, parameters),
                tab("Access", AccessView.class, parameters),
                tab("Activity", ActivityView.class, parameters));
        if (app.source() instanceof Source.Watched) {
            tabs.add(tab("Repository", RepositoryView.class, parameters));
        }
        tabs.add(tab("Settings", SettingsView.class, parameters));
        tabs.addClassName("tabs");
        tabs.setAriaLabel("Pages of " + app.name());
        return tabs;
    }

    private static RouterLink tab(String text, Class<? extends Component> view, RouteParameters parameters) {
        RouterLink link = new RouterLink(text, view, parameters);
        link.addClassName("tab");
        link.setHighlightCondition(
                view == AppView.class ? HighlightConditions.sameLocation() : HighlightConditions.locationPrefix());
        return link;
    }
}
