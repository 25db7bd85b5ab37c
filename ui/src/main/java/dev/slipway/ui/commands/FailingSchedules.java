package dev.slipway.ui.commands;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.runs.Run;
import dev.slipway.platform.commands.ScheduleView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import java.util.List;
import java.util.Objects;

/// Schedules whose last run failed, for the app's overview.
public final class FailingSchedules extends Div {
    private static final long serialVersionUID = 1;

    public FailingSchedules(String app, List<ScheduleView> failing) {
        addClassName("section");
        failing.forEach(view -> add(callout(app, view)));
    }

    private static Callout callout(String app, ScheduleView view) {
        Run last = Objects.requireNonNull(view.last());
        Told told = Told.of(last.message());
        RouterLink output = new RouterLink("Its output", RunDetails.class, RunDetails.parameters(app, last.id()));
        return new Callout(
                        Tone.WARN,
                        "The schedule " + view.schedule().name() + " failed when it ran last",
                        told.sentence())
                .withLines(told.lines())
                .with(output, new RelativeTime(last.createdAt()));
    }
}
