package dev.slipway.ui.system;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.builds.Build;
import dev.slipway.platform.system.SystemService.QueueEntry;
import dev.slipway.ui.builds.BuildParts;
import dev.slipway.ui.builds.BuildView;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Stopwatch;
import dev.slipway.ui.parts.Words;

/// One build in the queue: how it stands, or why it waits.
final class QueueRow extends ListItem {
    private static final long serialVersionUID = 1;

    QueueRow(QueueEntry entry, BuildParts parts) {
        addClassNames("row", "queue-row");
        Build build = entry.build();
        String app = entry.app().name().value();
        RouterLink link =
                new RouterLink(app + ", build " + build.number(), BuildView.class, BuildView.parameters(app, build));
        link.addClassNames("row-title", "row-link");
        Div state = new Div(new StatusPill(Status.of(build.state())));
        state.addClassName("cell-state");
        if (entry.waiting() != null) {
            Words why = Words.quiet(entry.waiting());
            why.addClassName("reason");
            state.add(why);
        } else if (build.workerId() != null) {
            state.add(Words.quiet("on worker " + build.workerId()));
        }
        Div since = new Div(Stopwatch.running(build.startedAt() == null ? build.queuedAt() : build.startedAt()));
        since.addClassName("cell-when");
        Button cancel = new Button("Cancel");
        cancel.setAriaLabel("Cancel build " + build.number() + " of " + app);
        cancel.setEnabled(build.cancelRequestedBy() == null);
        cancel.addClickListener(click -> {
            parts.builds().cancel(app, build.number(), parts.user().name());
            Notices.done("Build " + build.number() + " of " + app + " is being stopped.");
        });
        Div action = new Div(cancel);
        action.addClassName("cell-action");
        add(link, state, new CommitLine(build.commit()), since, action);
    }
}
