package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.function.SerializableFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A place whose content is made anew only when the value it shows has changed. Without a value it isn't there.
public final class Slot<V> extends Div {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<V, Component> make;
    private transient @Nullable V shown;

    public Slot(SerializableFunction<V, Component> make) {
        this.make = make;
        addClassName("slot");
        setVisible(false);
    }

    public void show(@Nullable V value) {
        if (Objects.equals(value, shown)) {
            return;
        }
        shown = value;
        removeAll();
        if (value != null) {
            add(make.apply(value));
        }
        setVisible(value != null);
    }
}
