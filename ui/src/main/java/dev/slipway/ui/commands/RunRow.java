package dev.slipway.ui.commands;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.releases.Words;
import dev.slipway.platform.commands.RunView;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.StatusPill;

/// One run in the history; leads to what it wrote.
final class RunRow extends ListItem {
    private static final long serialVersionUID = 1;

    RunRow(String app, RunView view) {
        addClassNames("row", "run-row");
        String command = Words.join(view.run().command());
        RouterLink link = new RouterLink(
                command, RunDetails.class, RunDetails.parameters(app, view.run().id()));
        link.addClassNames("row-title", "row-link", "command-text", "cut");
        link.getElement().setAttribute("title", command);
        var origin = dev.slipway.ui.parts.Words.quiet(CommandWords.origin(view));
        origin.addClassName("small");
        Div what = new Div(link, origin);
        what.addClassName("commit");
        Div state = new Div(new StatusPill(CommandWords.status(view.run())));
        state.addClassName("cell-state");
        Div duration = new Div();
        duration.addClassName("cell-duration");
        CommandWords.duration(view.run()).ifPresent(duration::add);
        Div when = new Div(new RelativeTime(view.run().createdAt()));
        when.addClassName("cell-when");
        add(what, state, duration, when);
    }
}
