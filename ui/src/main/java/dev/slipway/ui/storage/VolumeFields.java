package dev.slipway.ui.storage;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.volumes.Mounting;
import dev.slipway.platform.storage.VolumeDraft;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
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
        types(types);
        path.setValue(before == null ? "" : before.path().value());
        writer.setValue(before == null ? Processes.WEB : known(before.writer(), types));
        readers.setValue(before == null ? new TreeSet<>() : new TreeSet<>(before.readers()));
        readers.getValue().stream().filter(reader -> !types.contains(reader)).forEach(readers::deselect);
    }

    private static String known(@Nullable String writer, List<String> types) {
        return Optional.ofNullable(writer).filter(types::contains).orElse(NOBODY);
    }

    /// Of the app that is to have it.
    void types(List<String> types) {
        List<String> choices = new java.util.ArrayList<>(types);
        choices.add(NOBODY);
        writer.setItems(choices);
        writer.setValue(Processes.WEB);
        readers.setItems(types);
        readers.setVisible(types.size() > 1);
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
