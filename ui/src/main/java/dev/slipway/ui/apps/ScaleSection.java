package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Scale;
import dev.slipway.db.releases.Processes;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Notices;
import java.util.List;

/// How many instances of each process type run. Takes effect at once.
final class ScaleSection extends Section {
    private static final long serialVersionUID = 1;

    private final String name;
    private final AppService apps;
    private final CurrentUser user;

    ScaleSection(App app, AppService apps, CurrentUser user) {
        this.name = app.name().value();
        this.apps = apps;
        this.user = user;
        addClassName("section");
        Paragraph what = new Paragraph(
                "Takes effect at once, without a new release, and no rollback changes it. 0 instances of web stop the app; its address then says so.");
        what.addClassName("quiet");
        Div card = new Div(what);
        card.addClassNames("card", "section");
        List<String> types = app.types();
        types.forEach(type -> card.add(line(type, app.scale().of(type), types.size() > 1)));
        add(new H2("Instances"), card);
    }

    private Div line(String type, int instances, boolean named) {
        IntegerField count = new IntegerField();
        count.setAriaLabel("Number of instances" + (named ? " of " + type : ""));
        count.setMin(0);
        count.setMax(Scale.MOST);
        count.setStepButtonsVisible(true);
        count.setValue(instances);
        Button apply = new Button("Apply", click -> apply(type, count));
        apply.setAriaLabel("Apply" + (named ? " to " + type : ""));
        Div line = new Div(count, apply);
        if (named) {
            Span label = new Span(type);
            label.addClassName("scale-type");
            line.addComponentAsFirst(label);
        }
        line.addClassName("actions");
        return line;
    }

    private void apply(String type, IntegerField count) {
        Integer wanted = count.getValue();
        if (wanted == null) {
            throw Problem.invalid("The number of instances must be between 0 and " + Scale.MOST + ".");
        }
        apps.scale(name, type, wanted, user.name());
        boolean web = type.equals(Processes.WEB);
        Notices.done(
                wanted == 0
                        ? web ? "The app is being stopped." : type + " is being stopped."
                        : (web ? "The app" : type) + " is scaled to " + wanted
                                + (wanted == 1 ? " instance." : " instances."));
    }
}
