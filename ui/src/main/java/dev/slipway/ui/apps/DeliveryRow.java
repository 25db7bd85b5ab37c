package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.source.Delivery;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;

/// One call of a webhook and its answer.
final class DeliveryRow extends ListItem {
    private static final long serialVersionUID = 1;

    DeliveryRow(Delivery delivery) {
        addClassNames("row", "delivery-row");
        boolean accepted = delivery.status() < 300;
        StatusPill state =
                new StatusPill(new Status(accepted ? "Accepted" : "Refused", accepted ? Tone.GOOD : Tone.BAD));
        state.getElement().setAttribute("title", "HTTP status " + delivery.status());
        Span event = new Span(delivery.event());
        event.getElement().setAttribute("title", "Delivery " + delivery.deliveryId());
        RelativeTime when = new RelativeTime(delivery.receivedAt());
        when.getElement().getClassList().add("cell-when");
        add(state, event, Words.cut(delivery.message()), when);
    }
}
