package dev.slipway.ui.apps;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.HealthCheck;
import dev.slipway.db.releases.Words;
import org.jspecify.annotations.Nullable;

/// What few need to say of a health check; folded away until somebody has.
final class HealthFields extends Details {
    private static final long serialVersionUID = 1;

    private final TextField command = new TextField("Health check command");
    private final TextField host = new TextField("Health check host");
    private final IntegerField interval = new IntegerField("Ask every");
    private final IntegerField timeout = new IntegerField("Time to answer");
    private final IntegerField failures = new IntegerField("Failures in a row");

    /// @param web it listens; else its health can only be asked for by a command
    HealthFields(boolean web) {
        super("More about the health check");
        addClassName("wide");
        command.setPlaceholder("none");
        command.setHelperText("Run in the container" + (web ? " once it listens" : "")
                + "; all is well when it ends with 0. Quotes keep words together; no shell reads it");
        host.setPlaceholder("the app's own");
        host.setHelperText("What the check says in Host");
        interval.setPlaceholder(Integer.toString(HealthCheck.INTERVAL_SECONDS));
        interval.setSuffixComponent(new Span("seconds"));
        interval.setHelperText("Once it was healthy");
        timeout.setPlaceholder(Integer.toString(HealthCheck.TIMEOUT_SECONDS));
        timeout.setSuffixComponent(new Span("seconds"));
        failures.setPlaceholder(Integer.toString(HealthCheck.FAILURES));
        failures.setHelperText(
                web
                        ? "Then it gets no requests as long as other instances do; after three times as many it is replaced"
                        : "It is replaced after three times as many");
        Div fields = web
                ? new Div(command, host, interval, timeout, failures)
                : new Div(command, interval, timeout, failures);
        fields.addClassName("fields");
        add(fields);
    }

    void show(@Nullable HealthCheck shown) {
        HealthCheck check = shown == null ? HealthCheck.DEFAULT : shown;
        command.setValue(check.command() == null ? "" : Words.join(check.command()));
        host.setValue(check.host() == null ? "" : check.host());
        interval.setValue(check.intervalSeconds());
        timeout.setValue(check.timeoutSeconds());
        failures.setValue(check.failures());
        setOpened(!check.equals(HealthCheck.DEFAULT));
    }

    /// Null: as usual.
    ///
    /// @throws IllegalArgumentException with a message for the user
    @Nullable
    HealthCheck read() {
        String words = command.getValue().strip();
        String name = host.getValue().strip();
        HealthCheck check = new HealthCheck(
                name.isEmpty() ? null : name,
                words.isEmpty() ? null : Words.split(words),
                interval.getValue(),
                timeout.getValue(),
                failures.getValue());
        return check.equals(HealthCheck.DEFAULT) ? null : check;
    }
}
