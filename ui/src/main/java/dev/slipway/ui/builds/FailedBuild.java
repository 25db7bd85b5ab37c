package dev.slipway.ui.builds;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.builds.Build;
import dev.slipway.platform.builds.BuildService;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Tone;
import java.util.Map;

/// The last build failed: why, and where to see all of it.
public final class FailedBuild extends Div {
    private static final long serialVersionUID = 1;

    public FailedBuild(String app, Build build, BuildParts parts) {
        BuildService builds = parts.builds();
        String message = build.message() == null ? "" : build.message();
        RouterLink details = new RouterLink("Steps and whole log", BuildView.class,
                new RouteParameters(Map.of("app", app, "number", String.valueOf(build.number()))));
        Callout callout = new Callout(Tone.BAD, BuildWords.failure(build), message)
                .withLines(LastLines.of(builds, build, builds.logLines(build)))
                .with(new CommitLine(build.commit()), details);
        if (build.finishedAt() != null) {
            callout.with(new RelativeTime(build.finishedAt()));
        }
        add(callout);
    }
}
