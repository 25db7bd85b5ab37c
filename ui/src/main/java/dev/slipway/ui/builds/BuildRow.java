package dev.slipway.ui.builds;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Words;

/// One build in the list.
public final class BuildRow extends ListItem {
    private static final long serialVersionUID = 1;

    public BuildRow(String app, Build build) {
        addClassNames("row", "build-row");
        RouterLink link = BuildView.link(app, build);
        link.addClassNames("row-title", "row-link");
        Div state = new Div(new StatusPill(Status.of(build.state())));
        state.addClassName("cell-state");
        if (build.reason() == BuildReason.DEPLOYS_PAUSED) {
            state.add(reason("Deploys were paused")); // the message says that they are, which was so at its end
        } else if (build.message() != null) {
            state.add(reason(build.message()));
        }
        Div cause = new Div(Words.quiet(BuildWords.cause(build)));
        cause.addClassName("cell-cause");
        Div duration = new Div();
        duration.addClassName("cell-duration");
        BuildWords.duration(build).ifPresent(duration::add);
        Div when = new Div(new RelativeTime(build.queuedAt()));
        when.addClassName("cell-when");
        add(link, state, new CommitLine(build.commit()), cause, duration, when);
    }

    private static Words reason(String message) {
        Words reason = Words.cut(Told.of(message).sentence());
        reason.addClassNames("reason", "quiet");
        return reason;
    }
}
