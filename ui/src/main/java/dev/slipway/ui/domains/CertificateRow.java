package dev.slipway.ui.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import dev.slipway.db.domains.Certificate;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;
import java.time.Instant;

/// One certificate, without its key.
final class CertificateRow extends ListItem {
    private static final long serialVersionUID = 1;

    CertificateRow(Certificate certificate, SerializableConsumer<Certificate> remove) {
        addClassNames("row", "certificate-row");
        String names = String.join(", ", certificate.names());
        Span title = Words.cut(names);
        title.addClassName("row-title");
        Span issuer = Words.quiet("by " + certificate.issuer() + (certificate.automatic() ? ", automatic" : ""));
        issuer.addClassName("small");
        Div what = new Div(title, issuer);
        what.addClassName("commit");
        boolean ended = certificate.notAfter().isBefore(Instant.now());
        Div holds = new Div(new StatusPill(new Status(
                ended
                        ? "Ended " + DomainWords.day(certificate.notAfter())
                        : "Until " + DomainWords.day(certificate.notAfter()),
                ended ? Tone.BAD : Tone.GOOD)));
        Button end = new Button("Remove", click -> remove.accept(certificate));
        end.setAriaLabel("Remove the certificate for " + names);
        Div action = new Div(end);
        action.addClassName("cell-action");
        add(what, holds, action);
    }
}
