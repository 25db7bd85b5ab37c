package dev.slipway.ui.drains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.slipway.db.drains.DrainSettings;
import dev.slipway.platform.Problem;
import dev.slipway.platform.drains.DrainDraft;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;

/// Adds a drain. Its credentials aren't shown again.
final class DrainDialog extends Dialog {
    private static final long serialVersionUID = 1;

    private final TextField url = new TextField("Where to");
    private final PasswordField authorization = new PasswordField("Authorization");
    private final Checkbox requests = new Checkbox("Also send the requests that are written down (access log)");
    private final Checkbox gzip = new Checkbox("Compress what is sent (gzip)");
    private final Slot<String> problem = new Slot<>(sentence -> new Callout(Tone.BAD, sentence, ""));

    DrainDialog(String app, DrainParts parts) {
        super("Add a log drain");
        setWidth("min(560px, 100vw - 24px)");
        url.setPlaceholder("syslog+tls://logs.example.com:6514");
        url.setHelperText(
                "syslog+tls://, syslog+tcp://, syslog+udp:// (RFC 5424), or https://: lines of JSON in POST requests.");
        url.setValueChangeMode(ValueChangeMode.EAGER);
        url.addValueChangeListener(change -> arrange());
        url.setAutofocus(true);
        authorization.setPlaceholder("Bearer 3f9c…");
        authorization.setHelperText("What the header field says. It is stored encrypted and never shown again.");
        authorization.setAutocomplete(Autocomplete.NEW_PASSWORD);
        Div body = new Div(url, authorization, requests, gzip, problem);
        body.addClassNames("section", "form");
        add(body);
        Button save = new Button("Add drain", click -> save(app, parts));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), save);
        arrange();
    }

    /// Syslog has neither credentials nor compression.
    private void arrange() {
        boolean http = url.getValue().strip().startsWith("http");
        authorization.setVisible(http);
        gzip.setVisible(http);
    }

    private void save(String app, DrainParts parts) {
        problem.show(null);
        try {
            boolean http = authorization.isVisible();
            DrainDraft draft = new DrainDraft(
                    url.getValue().strip(),
                    http ? authorization.getValue() : null,
                    new DrainSettings(requests.getValue(), http && gzip.getValue()));
            parts.drains().add(app, draft, parts.user().name());
            authorization.clear();
            Notices.done("What is written from now on is sent there. Send a test line to see whether it arrives.");
            close();
        } catch (Problem e) {
            problem.show(e.sentence());
        }
    }
}
