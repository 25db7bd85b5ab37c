package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;

/// What a new app with a repository elsewhere waits for.
final class WatchedGuide extends Section {
    private static final long serialVersionUID = 1;

    WatchedGuide(App app, Source.Watched source, PushGuides parts) {
        addClassNames("section", "guide");
        Div title = new Div(
                new H2("Fetching your code"), new StatusPill(new Status("Waiting for the first commit", Tone.ACTIVE)));
        title.addClassName("section-header");
        add(
                title,
                new FetchState(app, source, parts),
                new H3("Optional: build at once on every push"),
                new WebhookBox(app, parts));
    }
}
