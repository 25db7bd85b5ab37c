package dev.slipway.ui.commands;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.releases.Words;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunState;
import dev.slipway.platform.commands.CommandDraft;
import dev.slipway.platform.commands.RunView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;

/// The content of [RunDetails].
final class RunPanel extends Div {
    private static final long serialVersionUID = 1;

    private final String app;
    private final RunView view;
    private final CommandParts parts;

    RunPanel(String app, RunView view, CommandParts parts) {
        this.app = app;
        this.view = view;
        this.parts = parts;
        addClassName("section");
        Run run = view.run();
        add(heading());
        // an exit code says itself what happened, and the output why
        if (run.state() == RunState.FAILED && run.reason() != RunReason.EXITED) {
            add(new Callout(
                    Tone.BAD,
                    CommandWords.status(run).word(),
                    Told.of(run.message()).sentence()));
        }
        add(run.state() == RunState.QUEUED ? waiting() : output());
    }

    private Div heading() {
        Run run = view.run();
        H2 title = new H2(Words.join(run.command()));
        title.addClassName("command-text");
        Div top = new Div(title, new StatusPill(CommandWords.status(run)));
        CommandWords.duration(run).ifPresent(top::add);
        top.addClassName("build-title");
        Div facts = new Div(
                new Span("Run " + run.id()),
                new Span(CommandWords.origin(view)),
                new RelativeTime(run.createdAt()),
                new Span("Time limit " + TimeLimit.words(run.timeoutSeconds())));
        facts.addClassName("build-facts");
        Div text = new Div(top, facts);
        text.addClassName("build-text");
        Div heading = new Div(text);
        heading.addClassName("build-heading");
        if (CommandWords.cancellable(run)) {
            heading.add(new Button("Cancel", click -> askToCancel()));
        } else if (run.kind() == Run.Kind.ONE_OFF && run.state().isFinal()) {
            heading.add(new Button("Run again", click -> again()));
        }
        return heading;
    }

    private void askToCancel() {
        new ConfirmDialog(
                        "Cancel this command?",
                        "It is asked to end, and killed after 10 seconds. What it has done stays done.",
                        "Cancel the command",
                        confirmed -> parts.runs()
                                .cancel(app, view.run().id(), parts.user().name()),
                        "Let it run",
                        kept -> {
                            // nothing to do
                        })
                .open();
    }

    private void again() {
        RunView made = parts.runs()
                .run(
                        app,
                        CommandDraft.of(view.run().command(), view.run().timeoutSeconds()),
                        parts.user().name());
        getUI().ifPresent(ui -> ui.navigate(
                RunDetails.class, RunDetails.parameters(app, made.run().id())));
    }

    private RunOutput output() {
        return new RunOutput(app, view.run().id(), view.run().state() == RunState.RUNNING);
    }

    private static Paragraph waiting() {
        Paragraph text = new Paragraph("It starts as soon as its container is there.");
        text.addClassName("quiet");
        return text;
    }
}
