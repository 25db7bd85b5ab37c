package dev.slipway.ui.door;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.platform.Problem;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;
import java.io.Serializable;

/// Fields of an app's door with a button that saves them; what can't be is said beside it.
final class DoorForm extends Div {
    private static final long serialVersionUID = 1;

    /// Makes the new settings from the present ones.
    interface Change extends Serializable {
        /// @throws IllegalArgumentException with a message for the user
        DoorSettings of(DoorSettings present);
    }

    private final String app;
    private final transient DoorParts parts;
    private final Div buttons = new Div();
    private final Slot<String> problem = new Slot<>(sentence -> new Callout(Tone.BAD, "Nothing was changed", sentence));

    DoorForm(String app, DoorParts parts, Component... fields) {
        this.app = app;
        this.parts = parts;
        addClassNames("card", "section");
        Div form = new Div(fields);
        form.addClassName("form");
        buttons.addClassName("actions");
        add(form, problem, buttons);
    }

    Button button(String text, String done, Change change) {
        Button button = new Button(text, click -> save(done, change));
        button.setDisableOnClick(true);
        buttons.add(button);
        return button;
    }

    Button primary(String text, String done, Change change) {
        Button button = button(text, done, change);
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private void save(String done, Change change) {
        problem.show(null);
        try {
            parts.doors().change(app, change::of, parts.user().name());
            Notices.done(done);
        } catch (IllegalArgumentException e) {
            problem.show(e.getMessage());
        } catch (Problem e) {
            problem.show(e.sentence());
        } finally {
            buttons.getChildren()
                    .filter(Button.class::isInstance)
                    .map(Button.class::cast)
                    .forEach(button -> button.setEnabled(true));
        }
    }
}
