package dev.slipway.ui.storage;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.volumes.Mounting;
import dev.slipway.platform.storage.VolumeDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a volume is mounted and by whom, as fields. With one process type there is nothing to choose but the path.
final class VolumeFields extends Div {
    private static final long serialVersionUID = 1;
    private static final String NOBODY = "Nobody";

    private final TextField path = new TextField("Path");
    private final Select<String> writer = new Select<>();
    private final CheckboxGroup<String> readers = new CheckboxGroup<>("Only read by");

    VolumeFields(List<String> types, @Nullable Mounting before) {
        addClassName("form");
        path.setPlaceholder("/data");
        path.setHelperText("Where the app finds it. If the image has files there, an empty volume begins with them.");
        writer.setLabel("Written by");
        writer.setHelperText(
                "It has one instance at most. Its new one starts after the old one has ended; requests wait meanwhile.");
        add(path, writer, readers);
        path.setValue(before == null ? "" : before.path().value());
        choose(types, before);
    }

    /// Among the process types of the app that is to have it.
    ///
    /// @param before who had it last; null: nobody yet
    void choose(List<String> types, @Nullable Mounting before) {
        List<String> choices = new ArrayList<>(types);
        choices.add(NOBODY);
        writer.setItems(choices);
        String wrote = before == null ? Processes.WEB : Objects.requireNonNullElse(before.writer(), NOBODY);
        writer.setValue(choices.contains(wrote) ? wrote : Processes.WEB);
        readers.setItems(types);
        readers.setValue(
                before == null
                        ? Set.of()
                        : before.readers().stream().filter(types::contains).collect(Collectors.toSet()));
        readers.setVisible(types.size() > 1 || !readers.isEmpty());
    }

    VolumeDraft read(String name) {
        String chosen = writer.getValue();
        return new VolumeDraft(
                name,
                path.getValue(),
                chosen == null || chosen.equals(NOBODY) ? null : chosen,
                List.copyOf(readers.getValue()));
    }
}
