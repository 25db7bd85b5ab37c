package dev.slipway.ui.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.Domain;
import dev.slipway.platform.domains.DomainView;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Words;
import java.time.Instant;

/// One domain: its address, where DNS leads, its certificate.
final class DomainRow extends ListItem {
    private static final long serialVersionUID = 1;

    /// What its buttons do.
    record Actions(SerializableConsumer<DomainView> edit, SerializableConsumer<DomainView> remove)
            implements java.io.Serializable {}

    DomainRow(DomainView view, boolean httpsServed, Actions actions) {
        addClassNames("row", "domain-row");
        Domain domain = view.domain();
        Div title = new Div(address(view));
        title.addClassName("commit");
        String behaviour = DomainWords.behaviour(domain);
        if (!behaviour.isEmpty()) {
            Span how = Words.quiet(behaviour);
            how.addClassName("small");
            title.add(how);
        }
        Div https = said(DomainWords.https(view, httpsServed, Instant.now()));
        CertificateOrder order = view.order();
        if (httpsServed && order != null && order.state() == CertificateOrder.State.FAILED) {
            Span next = Words.quiet("Tried again on " + DomainWords.time(order.dueAt()) + ".");
            next.addClassName("domain-detail");
            https.add(next);
        }
        Button edit = new Button("Edit", click -> actions.edit().accept(view));
        edit.setAriaLabel("Edit " + domain.address());
        Button remove = new Button("Remove", click -> actions.remove().accept(view));
        remove.setAriaLabel("Remove " + domain.address());
        Div buttons = new Div(edit, remove);
        buttons.addClassNames("cell-action", "domain-actions");
        add(title, said(DomainWords.dns(view.dns())), https, buttons);
    }

    private static com.vaadin.flow.component.Component address(DomainView view) {
        if (view.domain().host().wildcard()) {
            Span name = new Span(view.domain().address());
            name.addClassName("row-title");
            return name;
        }
        Anchor link = new Anchor(view.url(), view.domain().address(), AnchorTarget.BLANK);
        link.addClassName("domain-address");
        link.getElement().setAttribute("rel", "noreferrer");
        return link;
    }

    private static Div said(DomainWords.Said said) {
        Div cell = new Div(new StatusPill(said.status()));
        cell.addClassName("cell-state");
        if (!said.detail().isEmpty()) {
            Span detail = Words.quiet(said.detail());
            detail.addClassName("domain-detail");
            cell.add(detail);
        }
        return cell;
    }
}
