package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.platform.Problem;
import org.jspecify.annotations.Nullable;

/// How a repository elsewhere is looked at: how often, and as whom.
final class RepositoryFields extends Div {
    private static final long serialVersionUID = 1;
    private static final String IF_PRIVATE = "Only if the repository isn't public";

    private final IntegerField poll = new IntegerField("Check every");
    private final TextField user = new TextField("User name");
    private final PasswordField password = new PasswordField("Password or token");

    RepositoryFields() {
        addClassName("fields");
        poll.setHelperText("For new commits");
        poll.setSuffixComponent(new Span("seconds"));
        poll.setMin(5);
        poll.setMax(86_400);
        poll.setValue(60);
        user.setHelperText(IF_PRIVATE);
        user.setAutocomplete(Autocomplete.OFF);
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setHelperText("Kept encrypted, never shown again");
        add(poll, user, password);
    }

    /// For an app that exists: what was entered before isn't shown.
    void show(int pollSeconds, boolean credentials) {
        poll.setValue(pollSeconds);
        user.clear();
        password.clear();
        user.setHelperText(
                credentials
                        ? "What is left empty stays as it was entered before, unless the repository moves to another server"
                        : IF_PRIVATE);
    }

    int pollSeconds() {
        Integer seconds = poll.getValue();
        if (seconds == null) {
            throw Problem.invalid("How often to look for new commits is missing or not a number.");
        }
        return seconds;
    }

    @Nullable
    String user() {
        return user.getValue().isBlank() ? null : user.getValue().strip();
    }

    @Nullable
    String password() {
        return password.getValue().isEmpty() ? null : password.getValue();
    }
}
