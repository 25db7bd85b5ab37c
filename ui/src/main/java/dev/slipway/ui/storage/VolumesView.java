package dev.slipway.ui.storage;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.Words;
import dev.slipway.ui.shell.MainLayout;

/// All volumes, those of deleted apps too.
@Route(value = "storage", layout = MainLayout.class)
@PageTitle("Storage · Slipway")
public class VolumesView extends Div {
    private static final long serialVersionUID = 1;

    public VolumesView(StorageParts parts) {
        addClassName("page");
        EmptyState empty = new EmptyState(
                "No volumes", "An app gets one on its page Storage: a directory that outlives its releases.");
        Section section = new Section(
                Words.quiet("A volume that no app has any more is kept until somebody deletes it by its name."),
                new VolumeList(parts, true, empty, parts.volumes()::all));
        section.addClassName("section");
        add(new H1("Storage"), section);
    }
}
