package dev.slipway.ui.commands;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.platform.Problem;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Tone;

/// Adds a schedule, or changes one.
final class ScheduleDialog extends Dialog {
    private static final long serialVersionUID = 1;

    private final Div problem = new Div();

    private ScheduleDialog(String title, ScheduleFields fields) {
        super(title);
        setWidth("min(620px, 100vw - 24px)");
        Div body = new Div(fields, problem);
        body.addClassName("section");
        add(body);
    }

    static ScheduleDialog adding(String app, CommandParts parts) {
        ScheduleFields fields = new ScheduleFields(parts.schedules());
        fields.begin();
        ScheduleDialog dialog = new ScheduleDialog("Add a schedule", fields);
        dialog.buttons("Add schedule", () -> {
            parts.schedules().create(app, fields.read(), parts.user().name());
            Notices.done(fields.name() + " was added.");
        });
        return dialog;
    }

    static ScheduleDialog editing(String app, Schedule schedule, CommandParts parts) {
        ScheduleFields fields = new ScheduleFields(parts.schedules());
        fields.show(schedule.settings());
        ScheduleDialog dialog = new ScheduleDialog(schedule.name(), fields);
        dialog.buttons("Save", () -> {
            parts.schedules()
                    .change(app, schedule.id(), fields.read(), parts.user().name());
            Notices.done(fields.name() + " was changed.");
        });
        return dialog;
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
