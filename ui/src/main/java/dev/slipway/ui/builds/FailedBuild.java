package dev.slipway.ui.builds;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.builds.Build;
import dev.slipway.platform.builds.BuildService;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;

/// The last build failed: why, and where to see all of it.
public final class FailedBuild extends Div {
    private static final long serialVersionUID = 1;

    public FailedBuild(String app, Build build, BuildParts parts) {
        BuildService builds = parts.builds();
        Told told = Told.of(build.message());
        String lines = told.lines().isEmpty() ? LastLines.of(builds, build, builds.logLines(build)) : told.lines();
        RouterLink details = new RouterLink("Steps and whole log", BuildView.class, BuildView.parameters(app, build));
        RelativeTime when = new RelativeTime(build.finishedAt() == null ? build.queuedAt() : build.finishedAt());
        Callout callout = new Callout(Tone.BAD, BuildWords.failure(build), told.sentence())
                .withLines(lines)
                .with(new CommitLine(build.commit()), when, details);
        add(callout);
    }
}
