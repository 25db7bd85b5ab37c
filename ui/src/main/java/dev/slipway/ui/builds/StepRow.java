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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One step of a build: what it does, how it stands, how long it took.
final class StepRow extends ListItem {
    private static final long serialVersionUID = 1;
    private static final long LONG_MILLIS = 1_000;
    /// "[3/6] COPY . .", "[build 3/6] COPY . ."
    private static final Pattern NUMBERED = Pattern.compile("(\\[[^]]+] )(.+)", Pattern.DOTALL);

    StepRow(BuildStep step) {
        Status status = Status.of(step.state());
        addClassNames(
                "step",
                "step-" + step.state().name().toLowerCase(Locale.ROOT),
                status.tone().className());
        Span glyph = new Span(glyph(step.state()));
        glyph.addClassName("step-glyph");
        glyph.getElement().setAttribute("aria-hidden", "true");
        if (isInternal(step)) {
            addClassName("step-internal");
        }
        Span name = name(step.name());
        add(glyph, name, time(step, status));
    }

    /// What BuildKit does for itself is only told when it takes long or fails. While it runs the style sheet keeps it
    /// back for as long.
    static boolean isWorthTelling(BuildStep step) {
        Long millis = step.durationMillis();
        return !isInternal(step)
                || switch (step.state()) {
                    case RUNNING, FAILED -> true;
                    case DONE, CACHED, CANCELLED -> millis != null && millis >= LONG_MILLIS;
                };
    }

    private static boolean isInternal(BuildStep step) {
        return !step.name().startsWith("[")
                || step.name().startsWith("[internal]")
                || step.name().startsWith("[auth]");
    }

    private static Span name(String text) {
        Span name = new Span();
        name.addClassNames("step-name", "cut");
        name.getElement().setAttribute("title", text);
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            name.add(Words.quiet(numbered.group(1)), new Span(numbered.group(2)));
        } else {
            name.setText(text);
        }
        return name;
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
