package dev.slipway.ui.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.AppTab;

/// The history of an app, newest first, and the way back.
@Route(value = "apps/:app/releases", layout = AppPage.class)
public class ReleasesView extends AppTab {
    private static final long serialVersionUID = 1;

    private final ReleaseService releases;
    private final CurrentUser user;
    private final LiveUpdates live;

    public ReleasesView(ReleaseService releases, CurrentUser user, LiveUpdates live) {
        super("Releases");
        this.releases = releases;
        this.user = user;
        this.live = live;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        return new ReleaseHistory(app, releases, user, live);
    }
}
