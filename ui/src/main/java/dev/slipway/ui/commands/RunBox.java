package dev.slipway.ui.commands;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.platform.Problem;
import dev.slipway.platform.commands.CommandDraft;
import dev.slipway.platform.commands.RunView;
import dev.slipway.ui.parts.AppTab;

/// Runs a command once.
final class RunBox extends Section {
    private static final long serialVersionUID = 1;

    private final String app;
    private final CommandParts parts;
    private final TextField line = new TextField("Command");
    private final TimeLimit limit = new TimeLimit();

    RunBox(String app, CommandParts parts) {
        this.app = app;
        this.parts = parts;
        addClassName("section");
        line.setPlaceholder("bin/rails db:seed");
        line.setHelperText("Quotes keep words together. No shell reads it: for pipes and variables run sh -c '…'.");
        line.addClassNames("command-field", "mono-field");
        line.getElement().setAttribute("autocomplete", "off");
        line.getElement().setAttribute("spellcheck", "false");
        line.addKeyDownListener(Key.ENTER, pressed -> run());
        Button run = new Button("Run", click -> run());
        run.addThemeVariants(ButtonVariant.PRIMARY);
        Div form = new Div(line, limit, run);
        form.addClassName("run-form");
        Div card = new Div(form);
        card.addClassName("card");
        RouterLink terminal =
                new RouterLink("Open a terminal", TerminalView.class, new RouteParameters(AppTab.APP, app));
        Div head = new Div(new H2("Run a command"), terminal);
        head.addClassName("section-head");
        add(head, card);
    }

    private void run() {
        line.setInvalid(false);
        try {
            RunView made = parts.runs()
                    .run(
                            app,
                            CommandDraft.ofLine(line.getValue(), limit.getValue()),
                            parts.user().name());
            UI.getCurrent()
                    .navigate(
                            RunDetails.class,
                            RunDetails.parameters(app, made.run().id()));
        } catch (Problem e) {
            line.setErrorMessage(e.sentence());
            line.setInvalid(true);
        }
    }
}
