package dev.slipway.ui.parts;

import com.vaadin.flow.component.html.Image;

/// The platform's mark: a hull on a slipway.
public final class Mark extends Image {
    private static final long serialVersionUID = 1;

    public Mark() {
        super("ui/mark.svg", "");
        addClassName("mark");
    }
}
