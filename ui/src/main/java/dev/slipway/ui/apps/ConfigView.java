package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.db.Bell;
import dev.slipway.platform.config.Config;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.platform.config.DotEnv;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Words;
import java.util.Collections;
import java.util.HashMap;

/// An app's environment: names, and a way to set and remove. Values are never shown again.
@Route(value = "apps/:app/config", layout = AppPage.class)
public class ConfigView extends AppTab {
    private static final long serialVersionUID = 1;

    private final ConfigService configs;
    private final LiveUpdates live;
    private final CurrentUser user;

    public ConfigView(ConfigService configs, LiveUpdates live, CurrentUser user) {
        super("Config");
        this.configs = configs;
        this.live = live;
        this.user = user;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        Div page = new Div(new Variables(app), new Change(app));
        page.addClassName("page");
        return page;
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.RELEASE || ring.topic() == Bell.Topic.APP;
    }

    private static void tell(Config now) {
        Integer release = now.release();
        Notices.done(
                release == null
                        ? "Saved as config version " + now.version() + "; the next release takes it."
                        : "Saved as config version " + now.version() + "; release " + release
                                + " brings it to the app.");
    }

    /// The names there are.
    private final class Variables extends Section {
        private static final long serialVersionUID = 1;

        private final String app;
        private final EmptyState empty = new EmptyState(
                "No variables yet",
                "What you set here is in the environment of the app's processes. It is stored encrypted, and never shown again.");
        private final KeyedList<String, String> names = new KeyedList<>(name -> name, this::row);

        private final Anchor download;
        private final Words values;

        Variables(String app) {
            this.app = app;
            addClassName("section");
            names.addClassName("rows");
            names.getElement().setAttribute("aria-label", "Variables");
            download = new Anchor("/api/v1/apps/" + app + "/config/names", "Download the names as .env");
            download.getElement().setAttribute("router-ignore", true);
            download.getElement().setAttribute("download", true);
            download.addClassName("small");
            values = Words.quiet("With their values, on the machine itself: ./slipway env " + app);
            values.addClassName("small");
            add(new H2("Variables"), empty, names, download, values);
            live.watch(this, ConfigView::concerns, () -> configs.present(app), this::show);
        }

        private void show(Config config) {
            empty.setVisible(config.names().isEmpty());
            names.setVisible(!config.names().isEmpty());
            download.setVisible(!config.names().isEmpty());
            values.setVisible(!config.names().isEmpty());
            names.show(config.names());
        }

        private ListItem row(String name) {
            Span title = new Span(name);
            title.addClassNames("row-title", "cut");
            Span hidden = Words.quiet("••••••••");
            hidden.setTitle("Values can't be read again");
            Button remove = new Button("Remove", click -> ask(name));
            remove.setAriaLabel("Remove " + name);
            Div action = new Div(remove);
            action.addClassName("cell-action");
            ListItem row = new ListItem(title, hidden, action);
            row.addClassNames("row", "config-row");
            return row;
        }

        private void ask(String name) {
            new ConfirmDialog(
                            "Remove " + name + "?",
                            "The app is started anew without it, as a new release. Rolling back brings it back.",
                            "Remove",
                            confirmed -> tell(configs.change(app, Collections.singletonMap(name, null), user.name())),
                            "Keep it",
                            cancelled -> {
                                // nothing to do
                            })
                    .open();
        }
    }

    /// Sets some.
    private final class Change extends Section {
        private static final long serialVersionUID = 1;

        Change(String app) {
            addClassName("section");
            TextArea text = new TextArea("Variables to set");
            text.setPlaceholder("DATABASE_URL=postgres://…\nLOG_LEVEL=info");
            text.setHelperText(
                    "One NAME=value a line, or paste a .env file. Variables that aren't here stay as they are.");
            text.addClassName("config-text");
            text.setMinRows(4);
            text.setMaxRows(16);
            text.setWidthFull();
            text.getElement().setAttribute("autocomplete", "off");
            text.getElement().setAttribute("spellcheck", "false");
            Button save = new Button("Save variables", click -> {
                Config now = configs.change(app, new HashMap<>(DotEnv.parse(text.getValue())), user.name());
                text.clear();
                tell(now);
            });
            save.addThemeVariants(ButtonVariant.PRIMARY);
            Div card = new Div(text, new Div(save));
            card.addClassNames("card", "section");
            add(new H2("Set"), card);
        }
    }
}
