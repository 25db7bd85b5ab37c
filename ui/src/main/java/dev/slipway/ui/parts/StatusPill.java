package dev.slipway.ui.parts;

import com.vaadin.flow.component.html.Span;

/// A state's word behind a dot of its colour.
public final class StatusPill extends Span {
    private static final long serialVersionUID = 1;

    public StatusPill(Status status) {
        show(status);
    }

    public void show(Status status) {
        setText(status.word());
        setClassName("pill " + status.tone().className());
    }
}
