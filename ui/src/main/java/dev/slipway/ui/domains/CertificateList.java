package dev.slipway.ui.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import dev.slipway.db.Bell;
import dev.slipway.db.domains.Certificate;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import java.util.List;

/// The app's certificates. For each domain the one that fits best and holds longest is shown to visitors.
final class CertificateList extends Section {
    private static final long serialVersionUID = 1;

    private final String app;
    private final DomainParts parts;
    private final Paragraph none = new Paragraph("None yet.");
    private final KeyedList<Long, Certificate> rows;

    CertificateList(String app, DomainParts parts) {
        this.app = app;
        this.parts = parts;
        addClassName("section");
        none.addClassName("quiet");
        rows = new KeyedList<>(Certificate::id, certificate -> new CertificateRow(certificate, this::askToRemove));
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", "Certificates");
        Button upload = new Button("Upload certificate", click -> new CertificateDialog(app, parts).open());
        Div head = new Div(new H2("Certificates"), upload);
        head.addClassName("section-head");
        add(head, none, rows);
        parts.live()
                .watch(
                        this,
                        ring -> ring.topic() == Bell.Topic.APP,
                        () -> parts.certificates().list(app),
                        this::show);
    }

    private void show(List<Certificate> certificates) {
        none.setVisible(certificates.isEmpty());
        rows.setVisible(!certificates.isEmpty());
        rows.show(certificates);
    }

    private void askToRemove(Certificate certificate) {
        String names = String.join(", ", certificate.names());
        new ConfirmDialog(
                        "Remove the certificate for " + names + "?",
                        "Its key is deleted. Domains that no other certificate fits can't be reached by https then"
                                + (certificate.automatic()
                                        ? ", until the next one has come. It is ordered at once."
                                        : "."),
                        "Remove",
                        confirmed -> {
                            parts.certificates()
                                    .remove(app, certificate.id(), parts.user().name());
                            Notices.done("The certificate was removed.");
                        },
                        "Keep it",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
