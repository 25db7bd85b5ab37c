package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.platform.commands.RunView;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.PagedList;

/// An app's commands: run one, those that run by a schedule, and what became of them.
@Route(value = "apps/:app/commands", layout = AppPage.class)
public class CommandsView extends AppTab {
    private static final long serialVersionUID = 1;

    private final CommandParts parts;

    public CommandsView(CommandParts parts) {
        super("Commands");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        Div page = new Div(new RunBox(app, parts), new ScheduleList(app, parts), history(app));
        page.addClassName("page");
        return page;
    }

    private Section history(String app) {
        PagedList<Long, RunView> runs = new PagedList<Long, RunView>(
                        "Commands that ran",
                        view -> view.run().id(),
                        view -> new RunRow(app, view),
                        new EmptyState("Nothing ran yet", "What commands wrote, and how they ended, is kept here."))
                .live(
                        parts.live(),
                        CommandWords::concerns,
                        limit -> parts.runs().list(app, null, Long.MAX_VALUE, limit));
        Section section = new Section(new H2("History"), runs);
        section.addClassName("section");
        return section;
    }
}
