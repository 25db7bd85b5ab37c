package dev.slipway.ui.builds;

import com.vaadin.flow.component.html.Div;
import dev.slipway.db.Bell;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.platform.builds.BuildService;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A build as it goes: why it waits or failed, its steps and its log.
public final class BuildProgress extends Div {
    private static final long serialVersionUID = 1;

    private final String app;
    private final BuildService builds;
    private final Slot<BuildHeading.Subject> heading;
    private final Div notice = new Div();
    private final KeyedList<Integer, BuildStep> steps = new KeyedList<>(BuildStep::number, StepRow::new);
    private final Div columns = new Div();
    private final LogPanel log;

    private record Picture(
            Build build,
            List<BuildStep> steps,
            int lines,
            boolean newest,
            @Nullable String waiting,
            String lastLines) {}

    public BuildProgress(String app, int number, BuildParts parts) {
        this.builds = parts.builds();
        this.heading = new Slot<>(subject -> new BuildHeading(subject, parts));
        this.app = app;
        this.log = new LogPanel(app, number);
        addClassNames("build", "section");
        notice.addClassName("build-notice");
        steps.addClassName("steps");
        steps.getElement().setAttribute("aria-label", "Steps");
        columns.addClassName("build-columns");
        columns.add(steps);
        columns.getElement().appendChild(log.getElement());
        add(heading, notice, new BuildResult(app, number, parts), columns);
        parts.live().watch(this, concerns(builds.find(app, number).id()), () -> picture(number), this::show);
    }

    /// Lower, for a page where it isn't alone.
    public BuildProgress compact() {
        log.compact();
        return this;
    }

    private static Predicate<Bell.Ring> concerns(long build) {
        return ring -> switch (ring.topic()) {
            case BUILD, LOG -> ring.id() == build;
            // what is ahead of it in the queue may change
            case QUEUE, WORKER -> true;
            case ANY, RELEASE, INSTANCE, APP -> false;
        };
    }

    private Picture picture(int number) {
        Build build = builds.find(app, number);
        boolean failed = build.state() == BuildState.FAILED || build.state() == BuildState.ERRORED;
        int lines = builds.logLines(build);
        boolean newest =
                builds.newest(app).filter(last -> last.number() == number).isPresent();
        return new Picture(
                build,
                builds.steps(build),
                lines,
                newest,
                builds.whyWaiting(build).orElse(null),
                failed ? LastLines.of(builds, build, lines) : "");
    }

    private void show(Picture picture) {
        Build build = picture.build();
        heading.show(new BuildHeading.Subject(app, build, picture.newest()));
        List<BuildStep> told =
                picture.steps().stream().filter(StepRow::isWorthTelling).toList();
        steps.show(told);
        steps.setVisible(!told.isEmpty());
        columns.setClassName("without-steps", told.isEmpty());
        columns.setVisible(build.logKept()
                && build.state() != BuildState.QUEUED
                && (build.attempt() > 0 || !build.state().isFinal()));
        log.show(build, picture.lines());
        notice.removeAll();
        notice(picture);
    }

    private void notice(Picture picture) {
        Build build = picture.build();
        Told told = Told.of(build.message()).orLines(picture.lastLines());
        if (!build.logKept()) {
            notice.add(new Callout(Tone.NEUTRAL, "Its log isn't kept any more", BuildService.LOGS_KEPT));
        }
        switch (build.state()) {
            case QUEUED -> {
                String why = picture.waiting() == null ? "A worker takes it in a moment" : picture.waiting();
                notice.add(new Callout(Tone.NEUTRAL, "Waiting to be built", why + "."));
            }
            case FAILED, ERRORED ->
                notice.add(new Callout(Tone.BAD, BuildWords.failure(build), told.sentence()).withLines(told.lines()));
            case CANCELLED, SUPERSEDED ->
                notice.add(new Callout(
                        Tone.NEUTRAL, told.sentence().isEmpty() ? "This build was stopped" : told.sentence(), ""));
            case RUNNING -> {
                if (build.cancelRequestedBy() != null) {
                    notice.add(new Callout(
                            Tone.NEUTRAL, "Stopping: " + build.cancelRequestedBy() + " cancelled this build", ""));
                }
            }
            case SUCCEEDED -> {
                // its steps say it
            }
        }
    }
}
