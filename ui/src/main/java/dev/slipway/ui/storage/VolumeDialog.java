package dev.slipway.ui.storage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.App;
import dev.slipway.db.volumes.Volume;
import dev.slipway.platform.Problem;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Tone;
import java.util.List;

/// Adds a volume, changes where it is mounted, or gives one that is kept to an app.
final class VolumeDialog extends Dialog {
    private static final long serialVersionUID = 1;

    private final Div problem = new Div();

    private VolumeDialog(String title) {
        super(title);
        setWidth("min(520px, 100vw - 24px)");
    }

    static VolumeDialog adding(String app, StorageParts parts) {
        VolumeDialog dialog = new VolumeDialog("Add a volume");
        TextField name = name("");
        name.setAutofocus(true);
        VolumeFields fields = new VolumeFields(parts.apps().find(app).types(), null);
        dialog.body(name, fields);
        dialog.buttons("Add volume", () -> {
            Volume added = parts.volumes()
                    .add(app, fields.read(name.getValue()), parts.user().name());
            Notices.done(added.name() + " was added at " + added.mounting().path() + ".");
        });
        return dialog;
    }

    static VolumeDialog editing(Volume volume, StorageParts parts) {
        String name = volume.name().value();
        VolumeDialog dialog = new VolumeDialog(name);
        VolumeFields fields = new VolumeFields(parts.apps().find(volume.app()).types(), volume.mounting());
        dialog.body(fields);
        dialog.buttons("Save", () -> {
            parts.volumes()
                    .mount(volume.app(), name, fields.read(name), parts.user().name());
            Notices.done(name + " was changed. Instances are being replaced.");
        });
        return dialog;
    }

    static VolumeDialog attaching(Volume volume, StorageParts parts) {
        VolumeDialog dialog = new VolumeDialog("Attach " + volume.name());
        List<String> apps =
                parts.apps().all().stream().map(app -> app.name().value()).toList();
        Select<String> app = new Select<>();
        app.setLabel("App");
        app.setItems(apps);
        TextField name = name(volume.name().value());
        boolean itsOwn = apps.contains(volume.app());
        VolumeFields fields =
                new VolumeFields(itsOwn ? parts.apps().find(volume.app()).types() : List.of(), volume.mounting());
        app.addValueChangeListener(change -> {
            App chosen = parts.apps().find(change.getValue());
            fields.choose(chosen.types(), volume.mounting());
        });
        if (itsOwn) {
            app.setValue(volume.app());
        }
        dialog.body(app, name, fields);
        dialog.buttons("Attach", () -> {
            if (app.getValue() == null) {
                throw Problem.invalid("Which app gets the volume?");
            }
            parts.volumes()
                    .attach(
                            app.getValue(),
                            volume.id(),
                            fields.read(name.getValue()),
                            parts.user().name());
            Notices.done(app.getValue() + " has the volume " + name.getValue() + " now, with all that is in it.");
        });
        return dialog;
    }

    private static TextField name(String value) {
        TextField name = new TextField("Name");
        name.setPlaceholder("data");
        name.setValue(value);
        return name;
    }

    private void body(Component... content) {
        Div fields = new Div(content);
        fields.addClassName("form");
        Div body = new Div(fields, problem);
        body.addClassName("section");
        add(body);
    }

    /// What can't be is said in the dialog, which stays open.
    private void buttons(String done, Runnable save) {
        Button confirm = new Button(done, click -> {
            problem.removeAll();
            try {
                save.run();
                close();
            } catch (Problem e) {
                problem.add(new Callout(Tone.BAD, e.sentence(), ""));
            }
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), confirm);
    }
}
