package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
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
import org.jspecify.annotations.Nullable;

/// How many instances of each process type run. Takes effect at once.
final class ScaleSection extends Section {
    private static final long serialVersionUID = 1;
    private static final int USUAL_IDLE_MINUTES = 30;

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
        card.add(sleep(app.scale().idleMinutes()));
        add(new H2("Instances"), card);
    }

    private Div sleep(int minutes) {
        Checkbox sleeps = new Checkbox("Sleep when nobody asks for it", minutes > 0);
        IntegerField after = new IntegerField();
        after.setAriaLabel("Minutes without a request");
        after.setSuffixComponent(new Span("min"));
        after.setMin(1);
        after.setMax(Scale.MOST_IDLE_MINUTES);
        after.setValue(minutes > 0 ? minutes : USUAL_IDLE_MINUTES);
        after.setVisible(minutes > 0);
        sleeps.addValueChangeListener(change -> after.setVisible(change.getValue()));
        Button apply = new Button("Apply", click -> sleepAfter(sleeps.getValue() ? after.getValue() : 0));
        apply.setAriaLabel("Apply when it sleeps");
        Div line = new Div(sleeps, after, apply);
        line.addClassName("actions");
        Paragraph what = new Paragraph(
                "After so many minutes without a request web has no instance; the next request starts one and waits for it. Other process types go on.");
        what.addClassName("quiet");
        return new Div(line, what);
    }

    private void sleepAfter(@Nullable Integer minutes) {
        if (minutes == null) {
            throw Problem.invalid(
                    "An app can sleep after 1 to " + Scale.MOST_IDLE_MINUTES + " minutes without a request.");
        }
        apps.sleepAfter(name, minutes, user.name());
        Notices.done(
                minutes == 0
                        ? "The app never sleeps."
                        : "The app sleeps after " + minutes + (minutes == 1 ? " minute" : " minutes")
                                + " without a request.");
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
