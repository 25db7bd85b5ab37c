package dev.slipway.ui.door;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.Bell;
import dev.slipway.db.door.DoorUser;
import dev.slipway.platform.Problem;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;
import java.util.List;

/// Who comes in with a password. Passwords are never shown again.
final class VisitorsSection extends Section {
    private static final long serialVersionUID = 1;

    private final String app;
    private final transient DoorParts parts;
    private final TextField name = new TextField("User");
    private final PasswordField password = new PasswordField("Password");
    private final Slot<String> problem = new Slot<>(sentence -> new Callout(Tone.BAD, "Nobody was invited", sentence));
    private final EmptyState empty = new EmptyState(
            "Nobody is asked for a password",
            "Invite somebody, and all visitors are asked: browsers show a dialog (HTTP Basic). The app is told who it is in X-Forwarded-User.");
    private final KeyedList<String, DoorUser> rows;
    private int count;

    VisitorsSection(String app, DoorParts parts) {
        this.app = app;
        this.parts = parts;
        addClassName("section");
        name.setPlaceholder("anna");
        name.setAutocomplete(Autocomplete.OFF);
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        Button invite = new Button("Invite", click -> invite());
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        Div form = new Div(name, password, invite);
        form.addClassName("inline-form");
        Paragraph help = new Paragraph("At least 8 characters. The same name again gets the new password.");
        help.addClassNames("quiet", "small");
        Div card = new Div(form, help, problem);
        card.addClassNames("card", "section");
        rows = new KeyedList<>(DoorUser::name, user -> new VisitorRow(user, this::askToRemove));
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", "Invited visitors");
        add(new H2("Passwords"), empty, rows, card);
        parts.live()
                .watch(
                        this,
                        ring -> ring.topic() == Bell.Topic.APP,
                        () -> parts.doors().of(app).users(),
                        this::show);
    }

    private void show(List<DoorUser> users) {
        count = users.size();
        empty.setVisible(users.isEmpty());
        rows.setVisible(!users.isEmpty());
        rows.show(users);
    }

    private void invite() {
        problem.show(null);
        String user = name.getValue().strip();
        try {
            boolean isNew = parts.doors()
                    .invite(app, user, password.getValue(), parts.user().name());
            name.clear();
            password.clear();
            Notices.done(isNew ? user + " comes in with that password." : user + " has a new password.");
            show(parts.doors().of(app).users());
        } catch (Problem e) {
            problem.show(e.sentence());
        }
    }

    private void askToRemove(DoorUser user) {
        new ConfirmDialog(
                        "Remove " + user.name() + "?",
                        count == 1
                                ? "This is the last one: everybody comes in without a password then."
                                : "The password of " + user.name() + " isn't taken any more.",
                        "Remove",
                        confirmed -> {
                            parts.doors()
                                    .uninvite(app, user.name(), parts.user().name());
                            Notices.done(user.name() + " isn't invited any more.");
                            show(parts.doors().of(app).users());
                        },
                        "Keep",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
