package dev.slipway.ui.account;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.WrappedSession;
import dev.slipway.platform.Problem;
import dev.slipway.platform.access.Accounts;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;

/// Changing one's password.
final class PasswordBox extends Div {
    private static final long serialVersionUID = 1;

    private final PasswordField present = new PasswordField("Present password");
    private final PasswordField wanted = new PasswordField("New password");
    private final PasswordField repeated = new PasswordField("New password again");
    private final Slot<String> problem =
            new Slot<>(sentence -> new Callout(Tone.BAD, "The password wasn't changed", sentence));

    PasswordBox(Accounts accounts, CurrentUser user) {
        addClassNames("card", "section");
        present.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        wanted.setAutocomplete(Autocomplete.NEW_PASSWORD);
        repeated.setAutocomplete(Autocomplete.NEW_PASSWORD);
        wanted.setHelperText("At least 12 characters. You stay logged in here, and are logged out everywhere else.");
        Div fields = new Div(present, wanted, repeated);
        fields.addClassName("form");
        Button change = new Button("Change password", click -> change(accounts, user.name()));
        Div actions = new Div(change);
        actions.addClassName("actions");
        add(fields, problem, actions);
    }

    private void change(Accounts accounts, String user) {
        problem.show(null);
        if (!wanted.getValue().equals(repeated.getValue())) {
            problem.show("The two new passwords differ. Enter the same one twice.");
            return;
        }
        try {
            accounts.changePassword(caller(user), present.getValue(), wanted.getValue());
        } catch (Problem e) {
            problem.show(e.sentence());
            return;
        }
        present.clear();
        wanted.clear();
        repeated.clear();
        Notices.done("Your password was changed.");
    }

    private static Accounts.Caller caller(String user) {
        VaadinRequest request = VaadinRequest.getCurrent();
        WrappedSession session = request.getWrappedSession(false);
        return new Accounts.Caller(user, request.getRemoteAddr(), session == null ? null : session.getId());
    }
}
