package dev.slipway.ui.apps;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.releases.Processes;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.shell.MainLayout;
import java.util.Locale;

/// A new app in one short form. It ends on the app's page, which says how to push.
@Route(value = "new", layout = MainLayout.class)
@PageTitle("New app · Slipway")
public class NewAppView extends Div {
    private static final long serialVersionUID = 1;

    /// Where the code is.
    enum Place {
        HOSTED,
        WATCHED
    }

    private final AppService apps;
    private final CurrentUser user;
    private final NameField name;
    private final RadioButtonGroup<Place> place = new RadioButtonGroup<>("Where is the code?");
    private final TextField url = new TextField("Repository");
    private final TextField branch = new TextField("Branch");
    private final RepositoryFields repository = new RepositoryFields();
    private final Div repositoryPart = new Div(new H3("Repository"), repository);
    private final BuildFields build = new BuildFields();
    private final RunFields run = RunFields.ofWeb();
    private final Slot<String> problem =
            new Slot<>(sentence -> new Callout(Tone.BAD, "The app wasn't created", sentence));

    public NewAppView(AppService apps, Addresses addresses, CurrentUser user) {
        this.apps = apps;
        this.user = user;
        this.name = new NameField(apps, addresses);
        addClassNames("page", "narrow");
        Paragraph intro = new Paragraph(
                "An app is a Git repository with a Dockerfile. Slipway builds every commit of its branch, runs it and keeps every version.");
        intro.addClassName("quiet");
        preparePlace();
        prepareRepository();
        Div main = new Div(name, place, url, branch);
        main.addClassNames("card", "form");
        Button create = new Button("Create app", click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.addClickShortcut(Key.ENTER).listenOn(main).allowBrowserDefault();
        Button cancel = new Button(
                "Cancel", click -> click.getSource().getUI().orElseThrow().navigate(AppsView.class));
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        Div actions = new Div(create, cancel);
        actions.addClassName("actions");
        add(new H1("New app"), intro, main, moreSettings(), problem, actions);
        showPlace(Place.HOSTED);
    }

    private void preparePlace() {
        place.setItems(Place.values());
        place.setItemLabelGenerator(item -> switch (item) {
            case HOSTED -> "Here: push it to Slipway with git";
            case WATCHED -> "In an existing repository, on GitHub for example";
        });
        place.setValue(Place.HOSTED);
        place.addClassName("wide");
        place.addValueChangeListener(change -> showPlace(change.getValue()));
    }

    private void prepareRepository() {
        url.setPlaceholder("https://github.com/you/shop.git");
        url.setRequiredIndicatorVisible(true);
        url.setManualValidation(true);
        url.setHelperText("Its address for git clone");
        url.setValueChangeMode(ValueChangeMode.LAZY);
        url.addValueChangeListener(change -> guessName());
        branch.setValue("main");
        branch.setHelperText("Its commits are built");
    }

    private Details moreSettings() {
        repositoryPart.addClassName("section");
        Div buildPart = new Div(new H3("Build"), build);
        buildPart.addClassName("section");
        Div runPart = new Div(new H3("Run"), run);
        runPart.addClassName("section");
        Div all = new Div(repositoryPart, buildPart, runPart);
        all.addClassNames("card", "more-settings");
        Details details = new Details("More settings", all);
        details.addClassName("details");
        return details;
    }

    private void showPlace(Place where) {
        boolean watched = where == Place.WATCHED;
        url.setVisible(watched);
        repositoryPart.setVisible(watched);
    }

    /// The repository's name is a good guess for the app's.
    private void guessName() {
        url.setInvalid(false);
        if (name.getValue().isEmpty()) {
            String last = url.getValue()
                    .strip()
                    .replaceFirst("/+$", "")
                    .replaceFirst("\\.git$", "")
                    .replaceFirst(".*[/:]", "");
            String guess =
                    last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
            if (!guess.isEmpty()) {
                name.setValue(guess.length() <= 63 ? guess : guess.substring(0, 63));
            }
        }
    }

    private void create() {
        problem.show(null);
        if (!name.check()) {
            name.focus();
            return;
        }
        if (place.getValue() == Place.WATCHED && url.isEmpty()) {
            url.setErrorMessage("The address of the repository is missing.");
            url.setInvalid(true);
            url.focus();
            return;
        }
        try {
            App app = apps.create(draft(), user.name());
            open(app.name());
        } catch (Problem e) {
            problem.show(e.sentence());
        }
    }

    private void open(AppName app) {
        getUI().ifPresent(ui -> ui.navigate(AppView.class, new RouteParameters("app", app.value())));
    }

    private AppDraft draft() {
        String appName = name.getValue().strip();
        String appBranch = branch.getValue().strip();
        return switch (place.getValue()) {
            case HOSTED ->
                new AppDraft(
                        appName,
                        null,
                        null,
                        null,
                        appBranch,
                        repository.pollSeconds(),
                        build.read(),
                        Processes.of(run.read()));
            case WATCHED ->
                new AppDraft(
                        appName,
                        url.getValue().strip(),
                        repository.user(),
                        repository.password(),
                        appBranch,
                        repository.pollSeconds(),
                        build.read(),
                        Processes.of(run.read()));
        };
    }
}
