package dev.slipway.ui.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/// Shown where there is nothing yet: what will be here, and how it comes.
public final class EmptyState extends Div {
    private static final long serialVersionUID = 1;

    public EmptyState(String title, String explanation) {
        addClassName("empty");
        add(new H2(title), new Paragraph(explanation));
    }
}
