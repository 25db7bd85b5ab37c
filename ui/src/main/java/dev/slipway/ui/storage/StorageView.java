package dev.slipway.ui.storage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.platform.storage.VolumeView;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.Words;
import java.util.List;

/// An app's volumes, and those that are kept of it.
@Route(value = "apps/:app/storage", layout = AppPage.class)
public class StorageView extends AppTab {
    private static final long serialVersionUID = 1;

    private final transient StorageParts parts;

    public StorageView(StorageParts parts) {
        super("Storage");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        Button add = new Button(
                "Add volume", click -> VolumeDialog.adding(app, parts).open());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Div head = new Div(new H2("Volumes"), add);
        head.addClassName("section-head");
        EmptyState empty = new EmptyState(
                "No volumes yet",
                "What instances write is gone with them, unless it is in a volume: SQLite files, uploads, anything that has to survive a release. A volume is a directory that stays.");
        Section section = new Section(
                head,
                Words.quiet("The app's own: no release and no rollback changes what is in them or where they are."),
                new VolumeList(parts, false, empty, () -> volumes(app)));
        section.addClassName("section");
        Div page = new Div(section);
        page.addClassName("page");
        return page;
    }

    private List<VolumeView> volumes(String app) {
        return parts.volumes().ofApp(app).stream()
                .map(volume -> new VolumeView(volume, false))
                .toList();
    }
}
