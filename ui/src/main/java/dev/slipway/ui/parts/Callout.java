package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;

/// Something that must be seen: a sentence, and what belongs to it.
public final class Callout extends Div {
    private static final long serialVersionUID = 1;

    public Callout(Tone tone, String title, String sentence) {
        addClassNames("callout", tone.className());
        getElement().setAttribute("role", tone == Tone.BAD ? "alert" : "status");
        Paragraph heading = new Paragraph(title);
        heading.addClassName("callout-title");
        add(heading);
        if (!sentence.isBlank()) {
            Paragraph text = new Paragraph(sentence);
            text.addClassName("callout-text");
            add(text);
        }
    }

    /// Lines of a terminal, as they are.
    public Callout withLines(String lines) {
        if (!lines.isBlank()) {
            Pre pre = new Pre(lines);
            pre.addClassName("callout-lines");
            add(pre);
        }
        return this;
    }

    public Callout with(Component... components) {
        Div actions = new Div(components);
        actions.addClassName("callout-actions");
        add(actions);
        return this;
    }
}
