package dev.slipway.ui.commands;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.platform.commands.RunView;
import dev.slipway.platform.commands.ScheduleView;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import java.util.List;

/// The app's schedules.
final class ScheduleList extends Section {
    private static final long serialVersionUID = 1;

    private final String app;
    private final CommandParts parts;
    private final EmptyState empty = new EmptyState(
            "No schedules yet",
            "A schedule runs a command again and again in what is live then: every night, every five minutes, on the first of the month.");
    private final KeyedList<Long, ScheduleView> rows;

    ScheduleList(String app, CommandParts parts) {
        this.app = app;
        this.parts = parts;
        addClassName("section");
        rows = new KeyedList<>(
                view -> view.schedule().id(),
                view -> new ScheduleRow(
                        app,
                        view,
                        new ScheduleRow.Actions(this::run, this::pauseOrResume, this::edit, this::askToRemove)));
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", "Schedules");
        Button add = new Button(
                "Add schedule", click -> ScheduleDialog.adding(app, parts).open());
        Div head = new Div(new H2("Schedules"), add);
        head.addClassName("section-head");
        add(head, empty, rows);
        parts.live().watch(this, CommandWords::concerns, () -> parts.schedules().list(app), this::show);
    }

    private void show(List<ScheduleView> schedules) {
        empty.setVisible(schedules.isEmpty());
        rows.setVisible(!schedules.isEmpty());
        rows.show(schedules);
    }

    private void run(Schedule schedule) {
        RunView made = parts.schedules().runNow(app, schedule.id(), parts.user().name());
        UI.getCurrent()
                .navigate(
                        RunDetails.class, RunDetails.parameters(app, made.run().id()));
    }

    private void pauseOrResume(Schedule schedule) {
        parts.schedules()
                .pause(app, schedule.id(), !schedule.paused(), parts.user().name());
        Notices.done(schedule.name() + (schedule.paused() ? " runs again." : " is paused."));
    }

    private void edit(Schedule schedule) {
        ScheduleDialog.editing(app, schedule, parts).open();
    }

    private void askToRemove(Schedule schedule) {
        new ConfirmDialog(
                        "Remove " + schedule.name() + "?",
                        "It isn't run any more. What it wrote stays in the history.",
                        "Remove",
                        confirmed -> {
                            parts.schedules()
                                    .remove(app, schedule.id(), parts.user().name());
                            Notices.done(schedule.name() + " was removed.");
                        },
                        "Keep it",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
