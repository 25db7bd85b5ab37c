package dev.slipway.ui.storage;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.slipway.db.volumes.Volume;
import dev.slipway.ui.parts.Notices;

/// The end of a volume and all that is in it, after its name was typed.
final class DeleteVolumeDialog extends Dialog {
    private static final long serialVersionUID = 1;

    DeleteVolumeDialog(Volume volume, StorageParts parts) {
        super("Delete " + volume.name() + "?");
        String name = volume.name().value();
        setWidth("min(460px, 100vw - 24px)");
        TextField typed = new TextField("Type the volume's name to confirm");
        typed.setPlaceholder(name);
        typed.setAutofocus(true);
        typed.setWidthFull();
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        Button confirm = new Button("Delete " + name);
        confirm.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        confirm.setEnabled(false);
        typed.addValueChangeListener(
                change -> confirm.setEnabled(change.getValue().strip().equals(name)));
        confirm.addClickListener(click -> {
            close();
            parts.volumes()
                    .delete(volume.id(), typed.getValue().strip(), parts.user().name());
            Notices.done(name + " and all that was in it are being deleted.");
        });
        String size = volume.size() == null ? "" : " (" + VolumeWords.size(volume.size()) + ")";
        Div body = new Div(
                new Paragraph("All that " + volume.app() + " kept in it is deleted" + size
                        + ". There is no copy, and this can't be undone."),
                typed);
        body.addClassName("section");
        add(body);
        getFooter().add(new Button("Keep it", click -> close()), confirm);
    }
}
