package dev.slipway.ui.releases;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.function.SerializableBiConsumer;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.Words;
import dev.slipway.platform.releases.Comparison;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.platform.releases.RollbackKind;
import dev.slipway.platform.releases.RollbackPreview;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Tone;
import java.util.List;

/// Shows what a rollback will change and what stays, before it is done, and lets one choose how much of it.
final class RollbackDialog extends Dialog {
    private static final long serialVersionUID = 1;

    RollbackDialog(RollbackPreview preview, SerializableBiConsumer<RollbackKind, Boolean> confirmed) {
        Comparison comparison = preview.comparison();
        ReleaseView to = comparison.to();
        int target = to.release().number();
        int from = comparison.from().release().number();
        addClassName("rollback");
        setHeaderTitle("Roll back to release " + target);
        setWidth("min(680px, 100vw - 24px)");
        List<RollbackKind> kinds = to.kinds();
        RadioButtonGroup<RollbackKind> choice = choice(kinds);
        Div shown = new Div(panel(comparison, choice.getValue()));
        choice.addValueChangeListener(changed -> {
            shown.removeAll();
            shown.add(panel(comparison, changed.getValue()));
        });
        Div body = new Div(shown);
        body.addClassName("section");
        if (!kinds.contains(RollbackKind.IMAGE_AND_CONFIG)) {
            body.add(new Callout(
                    Tone.WARN,
                    "Only its image can come back",
                    "Config and process settings stay as they are now, because " + to.notReady() + "."));
        }
        choice.setVisible(kinds.size() > 1 && hasMoreThanTheImage(comparison));
        body.add(choice);
        Checkbox command = new Checkbox(false);
        offerCommand(command, preview, choice.getValue());
        choice.addValueChangeListener(changed -> offerCommand(command, preview, changed.getValue()));
        body.add(command);
        if (!preview.warnings().isEmpty()) {
            body.add(new Callout(Tone.WARN, "Before you do", String.join("\n", preview.warnings())));
        }
        body.add(quiet("Stays as it is: " + String.join(", ", preview.stays()) + "."));
        body.add(
                quiet(
                        "Visitors notice nothing: release " + from
                                + " serves until the new instances are healthy. This makes a new release, so you can come back the same way."));
        body.add(quiet(
                "Automatic deploys pause, so that the next push doesn't undo this. You resume them when you like."));
        add(body);
        Button cancel = new Button("Keep release " + from, click -> close());
        Button confirm = new Button("Roll back to release " + target);
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.setDisableOnClick(true);
        confirm.addClickListener(click -> {
            close();
            confirmed.accept(choice.getValue(), command.getValue());
        });
        getFooter().add(cancel, confirm);
    }

    /// The release command of the release that this would make, if it has one.
    private static void offerCommand(Checkbox box, RollbackPreview preview, RollbackKind kind) {
        Release source = switch (kind) {
            case IMAGE_AND_CONFIG -> preview.comparison().to().release();
            case IMAGE -> preview.comparison().from().release();
        };
        ReleaseCommand command = source.processes().release();
        box.setVisible(command != null);
        if (command == null) {
            box.setValue(false);
        } else {
            box.setLabel("Also run the release command: " + Words.join(command.command()));
            box.setHelperText("Not run unless you tick this: what the older version needs was done when it was new.");
        }
    }

    private static RadioButtonGroup<RollbackKind> choice(List<RollbackKind> kinds) {
        RadioButtonGroup<RollbackKind> choice = new RadioButtonGroup<>("Roll back");
        choice.addThemeNames("vertical");
        choice.setItems(kinds);
        choice.setItemLabelGenerator(RollbackDialog::label);
        choice.setValue(kinds.getFirst());
        return choice;
    }

    private static String label(RollbackKind kind) {
        return switch (kind) {
            case IMAGE_AND_CONFIG -> "Image and config: everything as it was then";
            case IMAGE -> "Image only: config and process settings stay as they are now";
        };
    }

    private static boolean hasMoreThanTheImage(Comparison comparison) {
        return !comparison.config().isSame() || !comparison.process().isEmpty();
    }

    private static ComparisonPanel panel(Comparison comparison, RollbackKind kind) {
        return new ComparisonPanel(
                comparison,
                new ComparisonPanel.Columns(
                        "Now: release " + comparison.from().release().number(),
                        "Then: as in release " + comparison.to().release().number()),
                switch (kind) {
                    case IMAGE_AND_CONFIG -> ComparisonRows.Scope.ALL;
                    case IMAGE -> ComparisonRows.Scope.IMAGE;
                });
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }
}
