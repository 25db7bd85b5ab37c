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
import dev.slipway.db.images.ImageVersion;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppOverview;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.apps.AppSummary;
import dev.slipway.platform.releases.Deploys;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.builds.BuildsView;
import dev.slipway.ui.commands.CommandsView;
import dev.slipway.ui.domains.DomainsView;
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
    private final Deploys deploys;
    private final CurrentUser user;
    private final Div top = new Div();
    private final Div body = new Div();
    private String shown = "";

    public AppPage(AppService apps, AppOverview overview, LiveUpdates live, Deploys deploys, CurrentUser user) {
        this.apps = apps;
        this.overview = overview;
        this.live = live;
        this.deploys = deploys;
        this.user = user;
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
        private final Slot<PauseBanner.State> paused = new Slot<>(found -> new PauseBanner(found, deploys, user));

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
            add(header, tabs(app), paused);
            live.watch(this, AppPage::concerns, () -> find(name), this::show);
        }

        private void show(Optional<AppSummary> found) {
            if (found.isEmpty()) {
                Notices.done("The app was deleted.");
                getUI().ifPresent(ui -> ui.navigate(AppsView.class));
                return;
            }
            AppSummary summary = found.get();
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

    private Optional<AppSummary> find(String name) {
        try {
            return Optional.of(overview.summary(apps.find(name)));
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
