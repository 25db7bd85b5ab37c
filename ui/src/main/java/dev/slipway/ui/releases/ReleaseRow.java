package dev.slipway.ui.releases;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;

/// One release in the history, with the way back to it.
final class ReleaseRow extends ListItem {
    private static final long serialVersionUID = 1;

    private static final Status NOT_READY = new Status("Not ready", Tone.WARN);

    ReleaseRow(String app, ReleaseView view, SerializableConsumer<ReleaseView> rollBack) {
        addClassNames("row", "release-row");
        Release release = view.release();
        if (release.state() == ReleaseState.LIVE) {
            addClassName("is-live");
        }
        Span number = new Span("Release " + release.number());
        number.addClassName("row-title");
        Div title = new Div(number);
        title.addClassName("release-title");
        if (release.number() > 1) {
            RouterLink changes = CompareView.link("Changes", app, release.number() - 1, release.number());
            changes.addClassName("small");
            changes.getElement().setAttribute("aria-label", "Changes of release " + release.number());
            title.add(changes);
        }
        Div state = new Div(new StatusPill(Status.of(release.state())));
        state.addClassName("cell-state");
        if (view.canRollBack()) {
            Span ready = Words.quiet("Ready");
            ready.addClassName("small");
            ready.setTitle("Its image is whole in the registry and its config can be read: you can go back to it");
            state.add(ready);
        }
        Div image = new Div(
                new Span("Image v" + view.image().version()),
                CopyField.inline(
                        view.image().digest().value(), view.image().digest().abbreviated(), "the image's digest"));
        image.addClassName("cell-image");
        Div cause = new Div(ReleaseWords.cause(app, view));
        cause.addClassName("cell-cause");
        if (release.configVersion() > 0) {
            cause.add(Words.quiet("config " + ReleaseWords.config(release)));
        }
        Div when = new Div(new RelativeTime(release.liveAt() == null ? release.createdAt() : release.liveAt()));
        when.addClassName("cell-when");
        add(title, state, new CommitLine(view.build().commit()), image, cause, when, action(view, rollBack));
        if (release.message() != null) {
            add(message(Told.of(release.message()).sentence()));
        }
        if (view.notReady() != null && release.state() == ReleaseState.RETIRED) {
            add(message("Not ready to go back to: " + view.notReady() + "."));
        }
    }

    /// The way back, or why there is none where the release's state doesn't say it.
    private static Div action(ReleaseView view, SerializableConsumer<ReleaseView> rollBack) {
        Div cell = new Div();
        cell.addClassName("cell-action");
        if (view.refusal() == null) {
            Button button = new Button("Roll back", click -> rollBack.accept(view));
            button.setAriaLabel("Roll back, release " + view.release().number());
            cell.add(button);
        } else if (view.release().state() == ReleaseState.RETIRED) {
            cell.add(view.notReady() == null ? Words.quiet("Same as live") : new StatusPill(NOT_READY));
        }
        return cell;
    }

    private static Span message(String text) {
        Span message = new Span(text);
        message.addClassNames("release-message", "quiet");
        return message;
    }
}
