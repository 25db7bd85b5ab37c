package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/// Labels with what they say, in two columns.
public final class Facts extends Div {
    private static final long serialVersionUID = 1;

    private final DescriptionList list = new DescriptionList();

    public Facts() {
        addClassName("facts");
        add(list);
    }

    public Facts with(String label, Component... values) {
        Div value = new Div(values);
        value.addClassName("fact");
        list.add(new DescriptionList.Term(label), new DescriptionList.Description(value));
        return this;
    }

    public Facts with(String label, String value) {
        return with(label, new Span(value));
    }
}
