package dev.slipway.ui.storage;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import dev.slipway.db.Bell;
import dev.slipway.db.volumes.Volume;
import dev.slipway.platform.storage.VolumeView;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import java.util.List;
import java.util.function.Supplier;

/// Volumes with what can be done with them, kept up to date.
final class VolumeList extends Div {
    private static final long serialVersionUID = 1;

    private final transient StorageParts parts;
    private final EmptyState empty;
    private final KeyedList<Long, VolumeView> rows;

    /// @param whose say of each to which app it belongs
    VolumeList(StorageParts parts, boolean whose, EmptyState empty, Supplier<List<VolumeView>> load) {
        this.parts = parts;
        this.empty = empty;
        VolumeRow.Actions actions = new VolumeRow.Actions(this::edit, this::detach, this::attach, this::delete);
        rows = new KeyedList<>(view -> view.volume().id(), view -> new VolumeRow(view, whose, actions));
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", "Volumes");
        add(empty, rows);
        parts.live().watch(this, VolumeList::concerns, load, this::show);
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.APP;
    }

    private void show(List<VolumeView> volumes) {
        empty.setVisible(volumes.isEmpty());
        rows.setVisible(!volumes.isEmpty());
        rows.show(volumes);
    }

    private void edit(Volume volume) {
        VolumeDialog.editing(volume, parts).open();
    }

    private void attach(Volume volume) {
        VolumeDialog.attaching(volume, parts).open();
    }

    private void delete(Volume volume) {
        new DeleteVolumeDialog(volume, parts).open();
    }

    private void detach(Volume volume) {
        String app = volume.app();
        new ConfirmDialog(
                        "Detach " + volume.name() + " from " + app + "?",
                        "Its instances are replaced by ones without it. What is in it is kept: you can attach it again, to this app or another one.",
                        "Detach",
                        confirmed -> {
                            parts.volumes()
                                    .detach(
                                            app,
                                            volume.name().value(),
                                            parts.user().name());
                            Notices.done(volume.name() + " was detached. Its data are kept.");
                        },
                        "Leave it",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
