package dev.slipway.ui.builds;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.db.Bell;
import dev.slipway.db.builds.Build;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.PagedList;

/// An app's builds, newest first.
@Route(value = "apps/:app/builds", layout = AppPage.class)
public class BuildsView extends AppTab {
    private static final long serialVersionUID = 1;

    private final BuildParts parts;

    public BuildsView(BuildParts parts) {
        super("Builds");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        EmptyState empty = new EmptyState(
                "No builds yet",
                "Every push to the app's branch is built and shows up here, with its steps and its log.");
        return new PagedList<Integer, Build>("Builds", Build::number, build -> new BuildRow(app, build), empty)
                .live(
                        parts.live(),
                        BuildsView::concerns,
                        limit -> parts.builds().list(app, Integer.MAX_VALUE, limit));
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.BUILD || ring.topic() == Bell.Topic.QUEUE;
    }
}
