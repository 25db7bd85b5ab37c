package dev.slipway.ui.parts;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.function.SerializableFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A list that makes only those rows anew whose values changed, so that an update is small and keeps focus and
/// selection.
public final class KeyedList<K, V> extends UnorderedList {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<V, K> key;
    private final SerializableFunction<V, ListItem> row;
    private transient Map<K, Shown<V>> shown = new HashMap<>();

    private record Shown<V>(V value, ListItem row) {}

    public KeyedList(SerializableFunction<V, K> key, SerializableFunction<V, ListItem> row) {
        this.key = key;
        this.row = row;
    }

    /// @param values in their order; keys are unique
    public void show(List<V> values) {
        Map<K, Shown<V>> next = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            V value = values.get(i);
            Shown<V> known = shown.remove(key.apply(value));
            Shown<V> kept = known != null && known.value().equals(value) ? known : new Shown<>(value, row.apply(value));
            if (known != null && known != kept) {
                remove(known.row());
            }
            place(kept.row(), i);
            next.put(key.apply(value), kept);
        }
        shown.values().forEach(gone -> remove(gone.row()));
        shown = next;
    }

    private void place(ListItem item, int index) {
        if (indexOf(item) != index) {
            addComponentAtIndex(index, item);
        }
    }
}
