package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;

/// One thing that happened to an app.
final class EventRow extends ListItem {
    private static final long serialVersionUID = 1;

    EventRow(Event event) {
        addClassNames("row", "event-row");
        Span dot = new Span();
        dot.addClassNames("dot", tone(event.kind()).className());
        dot.getElement().setAttribute("aria-hidden", "true");
        Span message = new Span(Told.of(event.message()).sentence());
        message.addClassName("event-message");
        Span actor = Words.quiet(event.actor().equals(Event.SLIPWAY) ? "" : event.actor());
        actor.addClassName("event-actor");
        RelativeTime when = new RelativeTime(event.at());
        when.getElement().getClassList().add("cell-when");
        add(dot, message, actor, when);
    }

    private static Tone tone(EventKind kind) {
        return switch (kind) {
            case BUILD_FAILED, BUILD_ERRORED, RELEASE_FAILED, INSTANCE_FAILED -> Tone.BAD;
            case BUILD_SUCCEEDED, RELEASE_LIVE, INSTANCE_HEALTHY -> Tone.GOOD;
            case BUILD_STARTED, BUILD_QUEUED, RELEASE_CREATED, RELEASE_STARTED, INSTANCE_STARTED -> Tone.ACTIVE;
            case BUILD_RETRIED, DEPLOYS_PAUSED, RELEASE_HELD -> Tone.WARN;
            case APP_CREATED,
                    APP_CHANGED,
                    APP_DELETED,
                    BUILD_CANCELLED,
                    BUILD_SUPERSEDED,
                    RELEASE_CANCELLED,
                    RELEASE_RETIRED,
                    DEPLOYS_RESUMED,
                    INSTANCE_STOPPED,
                    RUN_REQUESTED,
                    RUN_CANCELLED,
                    SCHEDULE_CREATED,
                    SCHEDULE_CHANGED,
                    SCHEDULE_REMOVED,
                    TERMINAL_OPENED,
                    TERMINAL_CLOSED,
                    TOKEN_CREATED,
                    TOKEN_REVOKED -> Tone.NEUTRAL;
        };
    }
}
