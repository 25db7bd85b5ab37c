package dev.slipway.ui.parts;

import com.vaadin.flow.component.html.Span;

/// Text in one of the few voices that pages have.
public final class Words extends Span {
    private static final long serialVersionUID = 1;

    private Words(String text, String className) {
        super(text);
        addClassName(className);
    }

    public static Words quiet(String text) {
        return new Words(text, "quiet");
    }

    /// Ids and code.
    public static Words mono(String text) {
        return new Words(text, "mono");
    }

    /// One line, cut off where there is no more room; whole as the tooltip.
    public static Words cut(String text) {
        Words words = new Words(text, "cut");
        words.getElement().setAttribute("title", text);
        return words;
    }

    /// For screen readers only.
    public static Words unseen(String text) {
        return new Words(text, "sr-only");
    }
}
