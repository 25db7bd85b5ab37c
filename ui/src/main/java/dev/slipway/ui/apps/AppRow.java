package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.apps.AppSummary;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Words;

/// One app in the list; a card on a phone.
final class AppRow extends ListItem {
    private static final long serialVersionUID = 1;

    AppRow(AppSummary summary) {
        addClassNames("row", "app-row");
        String name = summary.app().name().value();
        RouterLink link = new RouterLink(name, AppView.class, new RouteParameters("app", name));
        link.addClassNames("row-title", "row-link");
        Div state = cell("state", new StatusPill(Status.of(summary.health())));
        if (summary.app().pause() != null) {
            Words paused = Words.quiet("Deploys paused");
            paused.addClassName("small");
            state.add(paused);
        }
        add(
                cell("name", link),
                state,
                version(summary),
                url(summary),
                cell("when", new RelativeTime(summary.lastChange())));
    }

    private static Div version(AppSummary summary) {
        Release live = summary.live();
        ImageVersion image = summary.liveImage();
        if (live == null || image == null) {
            return cell("version", Words.quiet("Nothing live yet"));
        }
        Div what = new Div(Words.quiet("Release " + live.number()));
        what.addClassName("commit-by");
        Div version = cell("version");
        if (summary.liveBuild() != null) {
            Commit commit = summary.liveBuild().commit();
            version.add(Words.cut(commit.subject().isBlank() ? "(no message)" : commit.subject()));
            what.add(Words.mono(commit.id().abbreviated()), Words.quiet(CommitLine.authorName(commit)));
        }
        version.add(what);
        return version;
    }

    private static Div url(AppSummary summary) {
        if (summary.live() == null) {
            return cell("url");
        }
        Anchor url = new Anchor(summary.url(), summary.url().replaceFirst("^https?://", ""), AnchorTarget.BLANK);
        url.addClassName("url");
        return cell("url", url);
    }

    private static Div cell(String name, Component... content) {
        Div cell = new Div(content);
        cell.addClassName("cell-" + name);
        return cell;
    }
}
