package dev.slipway.ui.domains;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.domains.DomainSettings;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.domains.Redirect;
import dev.slipway.platform.Problem;
import java.time.Duration;

/// How a domain behaves, as fields.
final class DomainFields extends Div {
    private static final long serialVersionUID = 1;
    private static final Duration STRICT = Duration.ofDays(365);

    /// What visitors of the domain get.
    enum Leads {
        APP("The app"),
        REDIRECT("A redirect to another domain");

        private final String words;

        Leads(String words) {
            this.words = words;
        }
    }

    private final RadioButtonGroup<Leads> leads = new RadioButtonGroup<>("Visitors get");
    private final TextField to = new TextField("Redirect to");
    private final Select<Integer> status = new Select<>();
    private final Div redirect = new Div(to, status);
    private final Checkbox strip = new Checkbox("The app doesn't see this path: /api/users arrives as /users");
    /// It stays so while it can't be changed here.
    private boolean wasAutomatic;

    private final Checkbox automatic = new Checkbox("Get and renew the certificate automatically");
    private final Checkbox https = new Checkbox("Send visitors of http to https, as soon as there is a certificate");
    private final Checkbox strict = new Checkbox("Tell browsers to use only https for a year (HSTS)");

    /// The value of what isn't shown, such as a time for HSTS that was set by the API.
    private final Duration hsts;

    /// @param mayBeAutomatic an authority would issue a certificate for this name
    DomainFields(DomainSettings settings, boolean mayBeAutomatic) {
        addClassName("form");
        hsts = settings.hsts().isZero() ? STRICT : settings.hsts();
        leads.setItems(Leads.values());
        leads.setItemLabelGenerator(choice -> choice.words);
        to.setPlaceholder("shop.example.com");
        to.setHelperText("The path stays: /basket is redirected to /basket there.");
        status.setLabel("Kind");
        status.setItems(308, 301, 307, 302);
        status.setItemLabelGenerator(DomainFields::kind);
        redirect.addClassName("fields");
        strict.setHelperText("Visitors can't come back over http for that time, even when you turn this off.");
        automatic.setVisible(mayBeAutomatic);
        add(leads, redirect, strip, automatic, https, strict);
        leads.addValueChangeListener(change -> arrange());
        https.addValueChangeListener(change -> arrange());
        show(settings);
    }

    private static String kind(int status) {
        return switch (status) {
            case 308 -> "For good (308)";
            case 301 -> "For good (301, forms may lose what was sent)";
            case 307 -> "For now (307)";
            default -> "For now (302, forms may lose what was sent)";
        };
    }

    private void show(DomainSettings settings) {
        Redirect set = settings.redirect();
        leads.setValue(set == null ? Leads.APP : Leads.REDIRECT);
        to.setValue(set == null ? "" : set.to().readable());
        status.setValue(set == null ? 308 : set.status());
        strip.setValue(settings.stripPath());
        automatic.setValue(settings.automatic());
        wasAutomatic = settings.automatic();
        https.setValue(settings.forceHttps());
        strict.setValue(!settings.hsts().isZero());
        arrange();
    }

    /// The path of a new domain, or the domain's.
    void path(String path) {
        strip.setLabel("The app doesn't see this path: " + path + "/users arrives as /users");
        stripMakesSense = !path.isEmpty() && !path.equals("/");
        arrange();
    }

    private boolean stripMakesSense;

    private void arrange() {
        boolean redirects = leads.getValue() == Leads.REDIRECT;
        redirect.setVisible(redirects);
        strip.setVisible(!redirects && stripMakesSense);
        strict.setVisible(!redirects && https.getValue());
    }

    /// @throws Problem INVALID when they can't be
    DomainSettings read() {
        try {
            boolean redirects = leads.getValue() == Leads.REDIRECT;
            return new DomainSettings(
                    !redirects && stripMakesSense && strip.getValue(),
                    redirects ? new Redirect(HostName.of(to.getValue()), status.getValue()) : null,
                    https.getValue(),
                    !redirects && https.getValue() && strict.getValue() ? hsts : Duration.ZERO,
                    automatic.getValue() && (automatic.isVisible() || wasAutomatic));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }
}
