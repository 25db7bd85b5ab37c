package dev.slipway.ui.builds;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.builds.Build;
import dev.slipway.platform.Problem;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;
import java.util.Map;
import java.util.regex.Pattern;

/// One build with its steps and its log.
@Route(value = "apps/:app/builds/:number", layout = AppPage.class)
public class BuildView extends AppTab {
    private static final long serialVersionUID = 1;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final BuildParts parts;

    public BuildView(BuildParts parts) {
        super("Build");
        this.parts = parts;
    }

    /// A link called "Build 12".
    public static RouterLink link(String app, Build build) {
        return new RouterLink("Build " + build.number(), BuildView.class, parameters(app, build));
    }

    public static RouteParameters parameters(String app, Build build) {
        return new RouteParameters(Map.of(APP, app, "number", String.valueOf(build.number())));
    }

    @Override
    protected String word(BeforeEnterEvent event) {
        return "Build " + number(event);
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        String number = number(event);
        if (!NUMBER.matcher(number).matches()) {
            throw Problem.notFound("App \"" + app + "\" has no such build.");
        }
        RouterLink back = new RouterLink("All builds", BuildsView.class, new RouteParameters(APP, app));
        back.addClassName("back");
        Div page = new Div(back, new BuildProgress(app, Integer.parseInt(number), parts));
        page.addClassName("section");
        return page;
    }

    private static String number(BeforeEnterEvent event) {
        return event.getRouteParameters().get("number").orElse("");
    }
}
