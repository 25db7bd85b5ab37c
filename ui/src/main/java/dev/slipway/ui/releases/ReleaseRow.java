package dev.slipway.ui.releases;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Words;

/// One release in the history, with the way back to it.
final class ReleaseRow extends ListItem {
    private static final long serialVersionUID = 1;

    ReleaseRow(String app, ReleaseView view, SerializableConsumer<ReleaseView> rollBack) {
        addClassNames("row", "release-row");
        Release release = view.release();
        if (release.state() == ReleaseState.LIVE) {
            addClassName("is-live");
        }
        Span number = new Span("Release " + release.number());
        number.addClassName("row-title");
        Div state = new Div(new StatusPill(Status.of(release.state())));
        state.addClassName("cell-state");
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
        add(number, state, new CommitLine(view.build().commit()), image, cause, when, button(view, rollBack));
        if (release.message() != null) {
            Span message = new Span(Told.of(release.message()).sentence());
            message.addClassNames("release-message", "quiet");
            add(message);
        }
    }

    /// Nothing where one can't go back to: the release's state says why.
    private static Div button(ReleaseView view, SerializableConsumer<ReleaseView> rollBack) {
        Div cell = new Div();
        cell.addClassName("cell-action");
        if (view.refusal() == null) {
            Button button = new Button("Roll back", click -> rollBack.accept(view));
            button.setAriaLabel("Roll back, release " + view.release().number());
            cell.add(button);
        }
        return cell;
    }
}
