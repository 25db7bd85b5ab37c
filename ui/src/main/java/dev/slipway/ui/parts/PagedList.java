package dev.slipway.ui.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.function.SerializableFunction;
import dev.slipway.db.Bell;
import dev.slipway.ui.live.LiveUpdates;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// A list, newest first, that keeps itself up to date and shows a page more when asked.
public final class PagedList<K, V> extends Div {
    private static final long serialVersionUID = 1;
    private static final int PAGE = 25;

    private final KeyedList<K, V> rows;
    private final EmptyState empty;
    private final Button more = new Button("Show older");
    private volatile int limit = PAGE;

    public PagedList(
            String label, SerializableFunction<V, K> key, SerializableFunction<V, ListItem> row, EmptyState empty) {
        this.rows = new KeyedList<>(key, row);
        this.empty = empty;
        addClassName("section");
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", label);
        more.addThemeVariants(ButtonVariant.TERTIARY);
        more.addClassName("more");
        add(rows, empty, more);
    }

    /// @param load gives the newest so many
    public PagedList<K, V> live(LiveUpdates live, Predicate<Bell.Ring> concerns, IntFunction<List<V>> load) {
        more.addClickListener(click -> {
            limit += PAGE;
            show(load.apply(limit + 1));
        });
        live.watch(this, concerns, () -> load.apply(limit + 1), this::show);
        return this;
    }

    private void show(List<V> values) {
        rows.show(values.stream().limit(limit).toList());
        rows.setVisible(!values.isEmpty());
        empty.setVisible(values.isEmpty());
        more.setVisible(values.size() > limit);
    }
}
