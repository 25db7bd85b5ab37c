package dev.slipway.ui.storage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.volumes.Volume;
import dev.slipway.platform.storage.VolumeView;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;
import java.io.Serializable;
import java.time.Instant;

/// One volume: where it is mounted and by whom, how large it is, whether an app has it.
final class VolumeRow extends ListItem {
    private static final long serialVersionUID = 1;

    /// What its buttons do.
    record Actions(
            SerializableConsumer<Volume> edit,
            SerializableConsumer<Volume> detach,
            SerializableConsumer<Volume> attach,
            SerializableConsumer<Volume> delete)
            implements Serializable {}

    /// @param whose say which app it belongs to
    VolumeRow(VolumeView view, boolean whose, Actions actions) {
        addClassNames("row", "volume-row");
        Volume volume = view.volume();
        Span name = new Span(volume.name().value());
        name.addClassName("row-title");
        Div title = new Div(name);
        title.addClassName("commit");
        if (whose) {
            title.add(app(view));
        }
        Words path = Words.mono(volume.mounting().path().value());
        path.addClassName("volume-path");
        Span access = Words.quiet(VolumeWords.access(volume.mounting()));
        access.addClassName("small");
        Div where = new Div(path, access);
        where.addClassName("commit");
        add(title, where, state(volume), buttons(volume, actions));
    }

    private static Component app(VolumeView view) {
        String app = view.volume().app();
        if (view.appDeleted()) {
            Span deleted = Words.quiet(app + ", deleted");
            deleted.addClassName("small");
            return deleted;
        }
        RouterLink link = new RouterLink(app, StorageView.class, AppTab.parameters(app));
        link.addClassName("small");
        return link;
    }

    private static Div state(Volume volume) {
        Status status = volume.attached() ? new Status("In use", Tone.GOOD) : new Status("Kept", Tone.NEUTRAL);
        Span size = Words.quiet(VolumeWords.size(volume.size()));
        size.addClassName("small");
        Div cell = new Div(new StatusPill(status), size);
        cell.addClassName("cell-state");
        Instant detached = volume.detachedAt();
        if (detached != null) {
            RelativeTime since = new RelativeTime(detached).after("detached");
            since.addClassNames("quiet", "small");
            cell.add(since);
        }
        return cell;
    }

    private static Div buttons(Volume volume, Actions actions) {
        Div buttons = volume.attached()
                ? new Div(button("Edit", volume, actions.edit()), button("Detach", volume, actions.detach()))
                : new Div(button("Attach", volume, actions.attach()), button("Delete", volume, actions.delete()));
        buttons.addClassNames("cell-action", "row-actions");
        return buttons;
    }

    private static Button button(String word, Volume volume, SerializableConsumer<Volume> action) {
        Button button = new Button(word, click -> action.accept(volume));
        button.setAriaLabel(word + " " + volume.name());
        return button;
    }
}
