package dev.slipway.ui.builds;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.Stopwatch;
import dev.slipway.ui.parts.Words;
import java.time.Duration;
import java.util.Locale;

/// One step of a build: what it does, how it stands, how long it took.
final class StepRow extends ListItem {
    private static final long serialVersionUID = 1;

    StepRow(BuildStep step) {
        Status status = Status.of(step.state());
        addClassNames(
                "step",
                "step-" + step.state().name().toLowerCase(Locale.ROOT),
                status.tone().className());
        Span glyph = new Span(glyph(step.state()));
        glyph.addClassName("step-glyph");
        glyph.getElement().setAttribute("aria-hidden", "true");
        Span name = Words.cut(step.name());
        name.addClassName("step-name");
        add(glyph, name, time(step, status));
    }

    private static Div time(BuildStep step, Status status) {
        Div time = new Div();
        time.addClassName("step-time");
        Long millis = step.durationMillis();
        switch (step.state()) {
            case CACHED -> {
                Span badge = new Span("Cached");
                badge.addClassName("badge");
                time.add(badge);
            }
            case RUNNING -> time.add(Words.unseen(status.word() + " for "), Stopwatch.running(step.startedAt()));
            case DONE, FAILED, CANCELLED -> {
                time.add(Words.unseen(status.word() + (millis == null ? "" : " after ")));
                if (millis != null) {
                    time.add(Stopwatch.stopped(Duration.ofMillis(millis)));
                }
            }
        }
        return time;
    }

    private static String glyph(BuildStep.State state) {
        return switch (state) {
            case RUNNING -> "";
            case DONE, CACHED -> "✓";
            case FAILED -> "✕";
            case CANCELLED -> "–";
        };
    }
}
