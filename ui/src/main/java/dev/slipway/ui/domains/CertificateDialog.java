package dev.slipway.ui.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import dev.slipway.db.domains.Certificate;
import dev.slipway.platform.Problem;
import dev.slipway.platform.domains.CertificateUpload;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Tone;

/// Takes a certificate of one's own. The key isn't shown again.
final class CertificateDialog extends Dialog {
    private static final long serialVersionUID = 1;

    CertificateDialog(String app, DomainParts parts) {
        super("Upload a certificate");
        setWidth("min(620px, 100vw - 24px)");
        TextArea chain = pem("Certificate and chain", "-----BEGIN CERTIFICATE-----");
        chain.setHelperText("PEM: the site's own certificate first, then each one's issuer (fullchain.pem).");
        TextArea key = pem("Private key", "-----BEGIN PRIVATE KEY-----");
        key.setHelperText("PEM, without a password. It is stored encrypted and never shown again.");
        Div problem = new Div();
        Div body = new Div(chain, key, problem);
        body.addClassNames("section", "form");
        add(body);
        Button save = new Button("Upload", click -> {
            problem.removeAll();
            try {
                Certificate added = parts.certificates()
                        .upload(
                                app,
                                new CertificateUpload(chain.getValue(), key.getValue()),
                                parts.user().name());
                key.clear();
                Notices.done(
                        "Visitors are shown the certificate for " + String.join(", ", added.names()) + " from now on.");
                close();
            } catch (Problem e) {
                problem.add(new Callout(Tone.BAD, e.sentence(), ""));
            }
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private static TextArea pem(String label, String placeholder) {
        TextArea field = new TextArea(label);
        field.setPlaceholder(placeholder);
        field.addClassName("config-text");
        field.setMinRows(4);
        field.setMaxRows(8);
        field.setWidthFull();
        field.getElement().setAttribute("autocomplete", "off");
        field.getElement().setAttribute("spellcheck", "false");
        return field;
    }
}
