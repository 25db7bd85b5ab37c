package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.platform.Problem;
import dev.slipway.platform.commands.RunView;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.Slot;
import java.util.Map;
import java.util.regex.Pattern;

/// One run: what became of it, and what it wrote.
@Route(value = "apps/:app/commands/:run", layout = AppPage.class)
public class RunDetails extends AppTab {
    private static final long serialVersionUID = 1;
    private static final String RUN = "run";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final CommandParts parts;

    public RunDetails(CommandParts parts) {
        super("Command");
        this.parts = parts;
    }

    /// To a run's page, where it can also be cancelled.
    public static RouterLink link(String app, long run, String text) {
        return new RouterLink(text, RunDetails.class, parameters(app, run));
    }

    static RouteParameters parameters(String app, long run) {
        return new RouteParameters(Map.of(APP, app, RUN, Long.toString(run)));
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        String number = event.getRouteParameters().get(RUN).orElse("");
        if (!NUMBER.matcher(number).matches()) {
            throw Problem.notFound("App \"" + app + "\" has no such run.");
        }
        long id = Long.parseLong(number);
        parts.runs().find(app, id);
        RouterLink back = new RouterLink("All commands", CommandsView.class, new RouteParameters(APP, app));
        back.addClassName("back");
        Slot<RunView> run = new Slot<>(view -> new RunPanel(app, view, parts));
        Div page = new Div(back, run);
        page.addClassName("section");
        parts.live().watch(run, CommandWords::concerns, () -> parts.runs().find(app, id), run::show);
        return page;
    }
}
