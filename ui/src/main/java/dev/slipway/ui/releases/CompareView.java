package dev.slipway.ui.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.platform.Problem;
import dev.slipway.platform.releases.Comparison;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Two releases of an app side by side.
@Route(value = "apps/:app/compare/:from/:to", layout = AppPage.class)
public class CompareView extends AppTab {
    private static final long serialVersionUID = 1;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int OFFERED = 100;

    private final ReleaseService releases;

    public CompareView(ReleaseService releases) {
        super("Compare releases");
        this.releases = releases;
    }

    static RouterLink link(String text, String app, int from, int to) {
        return new RouterLink(text, CompareView.class, parameters(app, from, to));
    }

    private static RouteParameters parameters(String app, int from, int to) {
        return new RouteParameters(Map.of(APP, app, "from", String.valueOf(from), "to", String.valueOf(to)));
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        int from = number(app, event, "from");
        int to = number(app, event, "to");
        Comparison comparison = releases.compare(app, from, to);
        List<Integer> offered = releases.numbers(app, OFFERED);
        Div choice = new Div(
                select("From", offered, from, chosen -> parameters(app, chosen, to)),
                select("To", offered, to, chosen -> parameters(app, from, chosen)));
        choice.addClassName("compare-choice");
        RouterLink back = new RouterLink("All releases", ReleasesView.class, new RouteParameters(APP, app));
        back.addClassName("back");
        Div card = new Div(new ComparisonPanel(
                comparison, new ComparisonPanel.Columns("Release " + from, "Release " + to), ComparisonRows.Scope.ALL));
        card.addClassName("card");
        Div page = new Div(back, new H2("Release " + from + " and release " + to), choice, card);
        page.addClassName("section");
        return page;
    }

    private interface Target {
        RouteParameters with(int chosen);
    }

    private static Select<Integer> select(String label, List<Integer> offered, int present, Target target) {
        Select<Integer> select = new Select<>();
        select.setLabel(label);
        select.setItems(offered);
        select.setItemLabelGenerator(number -> "Release " + number);
        if (offered.contains(present)) {
            select.setValue(present);
        }
        select.addValueChangeListener(changed -> {
            if (changed.getValue() != null) {
                select.getUI().ifPresent(ui -> ui.navigate(CompareView.class, target.with(changed.getValue())));
            }
        });
        return select;
    }

    private static int number(String app, BeforeEnterEvent event, String parameter) {
        String number = event.getRouteParameters().get(parameter).orElse("");
        if (!NUMBER.matcher(number).matches()) {
            throw Problem.notFound("App \"" + app + "\" has no such release.");
        }
        return Integer.parseInt(number);
    }
}
