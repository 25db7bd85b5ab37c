package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.platform.commands.ScheduleView;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;

/// One schedule: what it runs, when next, and how it went last.
final class ScheduleRow extends ListItem {
    private static final long serialVersionUID = 1;

    /// What its buttons do.
    record Actions(
            SerializableConsumer<Schedule> run,
            SerializableConsumer<Schedule> pauseOrResume,
            SerializableConsumer<Schedule> edit,
            SerializableConsumer<Schedule> remove)
            implements java.io.Serializable {}

    ScheduleRow(String app, ScheduleView view, Actions actions) {
        addClassNames("row", "schedule-row");
        Schedule schedule = view.schedule();
        Span title = dev.slipway.ui.parts.Words.cut(schedule.name());
        title.addClassName("row-title");
        String line = Words.join(schedule.settings().command());
        Span command = dev.slipway.ui.parts.Words.cut(line);
        command.addClassNames("command-text", "quiet");
        Div what = new Div(title, command);
        what.addClassName("commit");
        add(what, times(view), last(app, view), buttons(schedule, actions));
    }

    private static Div times(ScheduleView view) {
        Schedule schedule = view.schedule();
        Div cell = new Div();
        cell.addClassName("cell-state");
        Span rule = dev.slipway.ui.parts.Words.quiet(
                schedule.settings().cron() + " · " + schedule.settings().zone());
        rule.addClassName("schedule-rule");
        if (schedule.paused()) {
            cell.add(new StatusPill(new Status("Paused by " + schedule.pausedBy(), Tone.NEUTRAL)), rule);
            return cell;
        }
        Span next = new Span(
                CommandWords.due(view.next().getFirst(), schedule.settings().zone()));
        next.getElement()
                .setAttribute(
                        "title",
                        "Then "
                                + String.join(
                                        " and ",
                                        view.next().stream()
                                                .skip(1)
                                                .map(time -> CommandWords.due(
                                                        time,
                                                        schedule.settings().zone()))
                                                .toList()));
        cell.add(next, rule);
        return cell;
    }

    private static Div last(String app, ScheduleView view) {
        Div cell = new Div();
        cell.addClassName("cell-state");
        Run last = view.last();
        if (last == null) {
            cell.add(dev.slipway.ui.parts.Words.quiet("Not run yet"));
        } else {
            RouterLink link = new RouterLink("", RunDetails.class, RunDetails.parameters(app, last.id()));
            link.add(new StatusPill(CommandWords.status(last)));
            link.addClassName("plain-link");
            Div when = new Div(new RelativeTime(last.createdAt()));
            when.addClassName("domain-detail");
            cell.add(link, when);
        }
        Schedule.Skip skip = view.schedule().skip();
        if (skip != null) {
            cell.add(detail(CommandWords.skipped(skip)));
        }
        return cell;
    }

    private static Component detail(String text) {
        Span detail = dev.slipway.ui.parts.Words.quiet(text);
        detail.addClassName("domain-detail");
        return detail;
    }

    private static Div buttons(Schedule schedule, Actions actions) {
        Div buttons = new Div(
                button("Run now", schedule, actions.run()),
                button(schedule.paused() ? "Resume" : "Pause", schedule, actions.pauseOrResume()),
                button("Edit", schedule, actions.edit()),
                button("Remove", schedule, actions.remove()));
        buttons.addClassNames("cell-action", "domain-actions");
        return buttons;
    }

    private static Button button(String word, Schedule schedule, SerializableConsumer<Schedule> action) {
        Button button = new Button(word, click -> action.accept(schedule));
        button.setAriaLabel(word + ": " + schedule.name());
        return button;
    }
}
