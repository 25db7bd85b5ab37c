package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.Bell;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Facts;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;

/// Where a watched repository is, when it was looked at last, and why that failed if it did.
final class FetchState extends Div {
    private static final long serialVersionUID = 1;

    private final String name;
    private final PushGuides parts;

    FetchState(App app, Source.Watched source, PushGuides parts) {
        this.name = app.name().value();
        this.parts = parts;
        addClassNames("card", "section");
        Slot<App> state = new Slot<>(this::state);
        Facts facts = new Facts()
                .with("Repository", Words.cut(source.url()))
                .with("Branch", Words.mono(source.branch()))
                .with("Looked at", new Span("every " + interval(source.pollSeconds())), state);
        add(facts);
        Slot<String> error =
                new Slot<>(sentence -> new Callout(Tone.BAD, "The repository couldn't be fetched", sentence));
        add(error);
        parts.live()
                .watch(
                        this,
                        ring -> ring.topic() == Bell.Topic.APP && ring.id() == app.id(),
                        () -> parts.apps().find(name),
                        now -> {
                            state.show(now);
                            error.show(now.fetchError());
                        });
    }

    private Div state(App app) {
        Div line = new Div(
                app.fetchedAt() == null ? Words.quiet("not yet") : new RelativeTime(app.fetchedAt()).after("last"));
        line.addClassName("fact");
        Button now = new Button("Fetch now");
        now.setDisableOnClick(true);
        now.addClickListener(click -> {
            parts.watched().fetchNow(name);
            Notices.done("The repository is being fetched. A new commit shows up as a build.");
        });
        line.add(now);
        return line;
    }

    static String interval(int seconds) {
        if (seconds % 3600 == 0) {
            return seconds == 3600 ? "hour" : seconds / 3600 + " hours";
        }
        if (seconds % 60 == 0) {
            return seconds == 60 ? "minute" : seconds / 60 + " minutes";
        }
        return seconds + " seconds";
    }
}
