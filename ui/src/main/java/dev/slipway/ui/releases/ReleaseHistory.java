package dev.slipway.ui.releases;

import com.vaadin.flow.component.html.Div;
import dev.slipway.db.Bell;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.platform.releases.RollbackKind;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.PagedList;
import dev.slipway.ui.parts.Slot;
import java.util.List;
import java.util.Optional;

/// The content of [ReleasesView] for one app.
final class ReleaseHistory extends Div {
    private static final long serialVersionUID = 1;
    private static final int INSTANCES = 20;

    private final String app;
    private final ReleaseService releases;
    private final CurrentUser user;
    private final Slot<ReleaseProgress.Picture> progress = new Slot<>(ReleaseProgress::new);

    ReleaseHistory(String app, ReleaseService releases, CurrentUser user, LiveUpdates live) {
        this.app = app;
        this.releases = releases;
        this.user = user;
        addClassName("page");
        EmptyState empty = new EmptyState(
                "No releases yet",
                "The first build that succeeds makes release 1. From then on every release is kept here, and you can go back to it.");
        PagedList<Integer, ReleaseView> list = new PagedList<Integer, ReleaseView>(
                        "Releases",
                        view -> view.release().number(),
                        view -> new ReleaseRow(app, view, this::ask),
                        empty)
                .live(
                        live,
                        ring -> ring.topic() == Bell.Topic.RELEASE,
                        limit -> releases.list(app, Integer.MAX_VALUE, limit));
        add(progress, list);
        live.watch(
                this,
                ring -> ring.topic() == Bell.Topic.RELEASE || ring.topic() == Bell.Topic.INSTANCE,
                this::picture,
                picture -> progress.show(picture.orElse(null)));
    }

    private Optional<ReleaseProgress.Picture> picture() {
        return releases.list(app, Integer.MAX_VALUE, 1).stream()
                .filter(last -> isOnItsWayOrFailed(last.release()))
                .findFirst()
                .map(last -> new ReleaseProgress.Picture(
                        app, last, releases.live(app).orElse(null), instances(last)));
    }

    private List<Instance> instances(ReleaseView view) {
        Long release = view.release().id();
        return view.release().state().isFinal()
                ? List.of()
                : releases.instances(app, INSTANCES).stream()
                        .filter(instance -> release.equals(instance.releaseId()))
                        .toList();
    }

    private static boolean isOnItsWayOrFailed(Release release) {
        return switch (release.state()) {
            case PENDING, STARTING, FAILED -> true;
            case LIVE, RETIRED, CANCELLED -> false;
        };
    }

    private void ask(ReleaseView view) {
        int number = view.release().number();
        new RollbackDialog(releases.preview(app, number), (kind, command) -> rollBack(number, kind, command)).open();
    }

    private void rollBack(int number, RollbackKind kind, boolean withCommand) {
        Release made = releases.rollBack(app, number, kind, withCommand, user.name());
        String content = switch (kind) {
            case IMAGE_AND_CONFIG -> "content";
            case IMAGE -> "image";
        };
        Notices.done(
                "Release " + made.number() + " is on its way, with the " + content + " of release " + number + ".");
    }
}
