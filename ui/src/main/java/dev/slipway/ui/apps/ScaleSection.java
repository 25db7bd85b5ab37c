package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.slipway.db.apps.App;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Notices;

/// How many instances run. Takes effect at once.
final class ScaleSection extends Section {
    private static final long serialVersionUID = 1;
    private static final int MOST = 100;

    ScaleSection(App app, AppService apps, CurrentUser user) {
        addClassName("section");
        String name = app.name().value();
        IntegerField count = new IntegerField();
        count.setAriaLabel("Number of instances");
        count.setMin(0);
        count.setMax(MOST);
        count.setStepButtonsVisible(true);
        count.setValue(app.instances());
        Button apply = new Button("Apply", click -> {
            Integer wanted = count.getValue();
            if (wanted == null) {
                throw Problem.invalid("The number of instances must be between 0 and " + MOST + ".");
            }
            apps.scale(name, wanted, user.name());
            Notices.done(
                    wanted == 0
                            ? "The app is being stopped."
                            : "The app is scaled to " + wanted + (wanted == 1 ? " instance." : " instances."));
        });
        Div line = new Div(count, apply);
        line.addClassName("actions");
        Paragraph what = new Paragraph(
                "Takes effect at once, without a new release. 0 stops the app; its address then says so.");
        what.addClassName("quiet");
        Div card = new Div(what, line);
        card.addClassNames("card", "section");
        add(new H2("Instances"), card);
    }
}
