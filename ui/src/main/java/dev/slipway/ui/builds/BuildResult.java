package dev.slipway.ui.builds;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.Bell;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildReason;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.Notices;
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
    private final Slot<Held> held;

    /// An image that wasn't released, because deploys were paused.
    private record Held(String app, int version) {}

    private record Picture(
            @Nullable ReleaseView made, @Nullable Held held) {}

    BuildResult(String app, int number, BuildParts parts) {
        made = new Slot<>(view -> line(app, view));
        held = new Slot<>(image -> line(image, parts));
        add(made, held);
        parts.live().watch(this, BuildResult::concerns, () -> picture(app, number, parts), this::show);
        setVisible(false);
    }

    private void show(Picture picture) {
        made.show(picture.made());
        held.show(picture.held());
        // an empty line would be a gap
        setVisible(picture.made() != null || picture.held() != null);
    }

    private static Picture picture(String app, int number, BuildParts parts) {
        Optional<ReleaseView> release = releaseOf(app, number, parts);
        Build build = parts.builds().find(app, number);
        return release.isPresent() || build.reason() != BuildReason.DEPLOYS_PAUSED
                ? new Picture(release.orElse(null), null)
                : new Picture(
                        null,
                        parts.builds()
                                .image(build)
                                .map(image -> new Held(app, image.version()))
                                .orElse(null));
    }

    private static Div line(Held image, BuildParts parts) {
        Button release = new Button("Release v" + image.version() + " now");
        release.setDisableOnClick(true);
        release.addClickListener(click -> {
            Release made = parts.deploys()
                    .release(image.app(), image.version(), parts.user().name());
            Notices.done("Release " + made.number() + " is on its way.");
        });
        return new Div(new Callout(
                        Tone.WARN,
                        "Image v" + image.version() + " wasn't released",
                        "When this build ended, automatic deploys were paused after a rollback. You can release it by hand.")
                .with(release));
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
