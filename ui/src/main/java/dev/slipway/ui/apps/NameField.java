package dev.slipway.ui.apps;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.slipway.db.apps.AppName;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppService;

/// The name of a new app: says while one types what is wrong with it, or which address it makes.
final class NameField extends TextField {
    private static final long serialVersionUID = 1;
    private static final int MOST = 63;

    private final AppService apps;
    private final Addresses addresses;

    NameField(AppService apps, Addresses addresses) {
        super("Name");
        this.apps = apps;
        this.addresses = addresses;
        setRequiredIndicatorVisible(true);
        setMaxLength(MOST);
        setAutofocus(true);
        setManualValidation(true);
        setPlaceholder("shop");
        setValueChangeMode(ValueChangeMode.LAZY);
        setValueChangeTimeout(250);
        addValueChangeListener(change -> check());
        setHelperText("Becomes part of the app's address. It can't be changed later.");
    }

    /// False when there can't be a new app of this name; the field says why.
    boolean check() {
        String value = getValue().strip();
        String problem = value.isEmpty() ? "An app needs a name." : problem(value);
        setErrorMessage(problem);
        setInvalid(!problem.isEmpty());
        setHelperText(problem.isEmpty() ? "Will answer at " + addresses.app(new AppName(value)) : "");
        return problem.isEmpty();
    }

    private String problem(String value) {
        try {
            AppName name = new AppName(value);
            boolean taken = apps.all().stream().anyMatch(app -> app.name().equals(name));
            return taken ? "There is already an app called \"" + name + "\". Choose another name." : "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
