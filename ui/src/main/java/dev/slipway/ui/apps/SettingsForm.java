package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;

/// What the next build and its release take.
final class SettingsForm extends Section {
    private static final long serialVersionUID = 1;
    private static final String FORGOTTEN =
            "Its former user and password were forgotten. Enter new ones if it isn't public.";

    private final TextField branch = new TextField("Branch");
    private final TextField url = new TextField("Repository");
    private final RepositoryFields repository = new RepositoryFields();
    private final BuildFields build = new BuildFields();
    private final ProcessFields run = new ProcessFields();
    private final Slot<String> problem = new Slot<>(sentence -> new Callout(Tone.BAD, "Nothing was saved", sentence));
    private final Slot<String> forgotten =
            new Slot<>(sentence -> new Callout(Tone.WARN, "The repository is on another server now", sentence));
    private App app;

    SettingsForm(App app, AppService apps, CurrentUser user) {
        this.app = app;
        addClassName("section");
        show();
        Div source = new Div(url, branch);
        source.addClassName("fields");
        Div card = new Div(new H3("Source"), source);
        if (app.source() instanceof Source.Watched) {
            card.add(repository);
        }
        card.add(new H3("Build"), build, run);
        card.addClassNames("card", "section", "settings");
        Button save = new Button("Save settings", click -> save(apps, user.name()));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Paragraph when = new Paragraph("These take effect with the next build. What runs now isn't touched.");
        when.addClassName("quiet");
        Div actions = new Div(save);
        actions.addClassName("actions");
        card.add(problem, forgotten, actions);
        add(new H2("Settings"), when, card);
    }

    private void save(AppService apps, String by) {
        try {
            problem.show(null);
            boolean hadCredentials = app.repositoryCredentials();
            app = apps.update(app.name().value(), this::change, by);
            show();
            forgotten.show(hadCredentials && !app.repositoryCredentials() ? FORGOTTEN : null);
            Notices.done("Saved. The settings take effect with the next build.");
        } catch (Problem e) {
            problem.show(e.sentence());
        }
    }

    private void show() {
        branch.setValue(app.source().branch());
        branch.setHelperText("Its commits are built");
        build.show(app.build());
        run.show(app.processes());
        switch (app.source()) {
            case Source.Hosted hosted -> url.setVisible(false);
            case Source.Watched watched -> {
                url.setValue(watched.url());
                repository.show(watched.pollSeconds(), app.repositoryCredentials());
            }
        }
    }

    /// Writes all settings, so only over those that were shown.
    private AppDraft change(App now) {
        boolean same = now.source().equals(app.source())
                && now.build().equals(app.build())
                && now.processes().equals(app.processes());
        if (!same) {
            throw Problem.conflict(
                    "The settings were changed meanwhile. Load the page again to see them, then make your changes.");
        }
        return read();
    }

    private AppDraft read() {
        String name = app.name().value();
        return switch (app.source()) {
            case Source.Hosted hosted ->
                new AppDraft(name, null, null, null, branch.getValue().strip(), 60, build.read(), run.read());
            case Source.Watched watched ->
                new AppDraft(
                        name,
                        url.getValue().strip(),
                        repository.user(),
                        repository.password(),
                        branch.getValue().strip(),
                        repository.pollSeconds(),
                        build.read(),
                        run.read());
        };
    }
}
