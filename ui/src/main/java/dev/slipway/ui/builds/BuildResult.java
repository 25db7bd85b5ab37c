package dev.slipway.ui.builds;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.Bell;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.releases.ReleasesView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of a build that succeeded: its image and its release.
final class BuildResult extends Div {
    private static final long serialVersionUID = 1;
    /// How far back to look for the release of a build.
    private static final int LOOK_BACK = 100;

    private final Slot<ReleaseView> made;

    BuildResult(String app, int number, BuildParts parts) {
        made = new Slot<>(view -> line(app, view));
        add(made);
        parts.live()
                .watch(
                        this,
                        BuildResult::concerns,
                        () -> releaseOf(app, number, parts),
                        found -> show(found.orElse(null)));
        setVisible(false);
    }

    private void show(@Nullable ReleaseView view) {
        made.show(view);
        // an empty line would be a gap
        setVisible(view != null);
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.RELEASE || ring.topic() == Bell.Topic.BUILD;
    }

    private static Optional<ReleaseView> releaseOf(String app, int number, BuildParts parts) {
        return parts.releases().list(app, Integer.MAX_VALUE, LOOK_BACK).stream()
                .filter(view ->
                        view.build().number() == number && view.release().rollbackOf() == null)
                .reduce((newer, older) -> older);
    }

    private static Div line(String app, ReleaseView view) {
        RouterLink release = new RouterLink(
                "Release " + view.release().number(), ReleasesView.class, new RouteParameters("app", app));
        Div line = new Div(
                new Span("Made image v" + view.image().version()),
                CopyField.inline(
                        view.image().digest().value(), view.image().digest().abbreviated(), "the image's digest"),
                release,
                new StatusPill(Status.of(view.release().state())));
        line.addClassName("build-result");
        Told told = Told.of(view.release().message());
        if (told.sentence().isEmpty() || view.release().state() != ReleaseState.FAILED) {
            return line;
        }
        Div both = new Div(
                line,
                new Callout(Tone.BAD, "Release " + view.release().number() + " didn't go live", told.sentence())
                        .withLines(told.lines()));
        both.addClassName("section");
        return both;
    }
}
