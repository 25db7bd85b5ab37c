package dev.slipway.ui.releases;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.ui.commands.RunDetails;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Stopwatch;
import dev.slipway.ui.parts.Tone;
import java.time.Duration;

/// A release's command: what it is and what became of it.
final class CommandLine extends Div {
    private static final long serialVersionUID = 1;

    /// With the words "Release command" before it.
    static CommandLine labelled(String app, int release, Run run) {
        CommandLine line = new CommandLine(app, release, run);
        line.addComponentAsFirst(dev.slipway.ui.parts.Words.quiet("Release command"));
        return line;
    }

    CommandLine(String app, int release, Run run) {
        addClassName("command-line");
        dev.slipway.ui.parts.Words command = dev.slipway.ui.parts.Words.mono(Words.join(run.command()));
        command.addClassName("cut");
        add(command, new StatusPill(status(run)));
        if (run.startedAt() != null) {
            add(
                    run.endedAt() == null
                            ? Stopwatch.running(run.startedAt())
                            : Stopwatch.stopped(Duration.between(run.startedAt(), run.endedAt())));
        }
        add(run.endedAt() == null ? RunDetails.link(app, run.id(), "Details") : output(app, release));
    }

    private static Status status(Run run) {
        return switch (run.state()) {
            case QUEUED -> new Status("Waiting", Tone.NEUTRAL);
            case RUNNING -> new Status("Running", Tone.ACTIVE);
            case SUCCEEDED -> new Status("Done", Tone.GOOD);
            case FAILED -> new Status("Failed", Tone.BAD);
            case CANCELLED -> new Status("Cancelled", Tone.NEUTRAL);
        };
    }

    /// A link to what it wrote.
    static Anchor output(String app, int release) {
        Anchor output = new Anchor(
                "/api/v1/apps/" + app + "/releases/" + release + "/command/output", "Output", AnchorTarget.BLANK);
        output.getElement().setAttribute("router-ignore", true);
        output.addClassName("small");
        return output;
    }
}
