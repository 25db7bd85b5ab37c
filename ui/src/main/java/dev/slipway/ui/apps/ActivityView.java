package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.db.Bell;
import dev.slipway.db.events.Event;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.PagedList;

/// What happened to an app, newest first.
@Route(value = "apps/:app/activity", layout = AppPage.class)
public class ActivityView extends AppTab {
    private static final long serialVersionUID = 1;

    private final AppService apps;
    private final LiveUpdates live;

    public ActivityView(AppService apps, LiveUpdates live) {
        super("Activity");
        this.apps = apps;
        this.live = live;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        EmptyState empty = new EmptyState(
                "Nothing happened yet", "Pushes, builds, releases and changes of settings are listed here.");
        return new PagedList<Long, Event>("Activity", Event::id, EventRow::new, empty)
                .live(live, ActivityView::concerns, limit -> apps.events(app, Long.MAX_VALUE, limit));
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() != Bell.Topic.LOG && ring.topic() != Bell.Topic.WORKER;
    }
}
