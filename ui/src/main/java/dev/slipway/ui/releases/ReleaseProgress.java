package dev.slipway.ui.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Release;
import dev.slipway.db.runs.Run;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.builds.BuildView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Stopwatch;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A release on its way to the traffic, or why it didn't get there.
public final class ReleaseProgress extends Div {
    private static final long serialVersionUID = 1;

    /// @param live what has the traffic meanwhile
    /// @param instances those of `view`
    public record Picture(
            String app, ReleaseView view, @Nullable ReleaseView live, List<Instance> instances) {}

    public ReleaseProgress(Picture picture) {
        switch (picture.view().release().state()) {
            case FAILED -> add(failure(picture));
            case PENDING, STARTING, LIVE, RETIRED, CANCELLED -> add(progress(picture));
        }
    }

    private static Div progress(Picture picture) {
        Release release = picture.view().release();
        Div title = new Div(
                new H2("Release " + release.number()),
                new StatusPill(Status.of(release.state())),
                Stopwatch.running(release.createdAt()));
        title.addClassName("build-title");
        ReleaseView live = picture.live();
        Paragraph what = new Paragraph(
                live == null
                        ? "The first visitors are let in as soon as an instance is healthy."
                        : "Release " + live.release().number() + " keeps serving until the new instances are healthy.");
        what.addClassName("quiet");
        Div card = new Div(title, new CommitLine(picture.view().build().commit()), what);
        card.addClassNames("card", "section");
        Run command = picture.view().command();
        if (command != null) {
            card.add(CommandLine.labelled(picture.app(), release.number(), command));
        }
        if (!picture.instances().isEmpty()) {
            UnorderedList rows = new UnorderedList();
            rows.addClassName("rows");
            picture.instances().forEach(instance -> rows.add(new InstanceRow(picture.app(), instance)));
            card.add(rows);
        }
        return card;
    }

    private static Callout failure(Picture picture) {
        Release release = picture.view().release();
        ReleaseView live = picture.live();
        Told told = Told.of(release.message());
        String meanwhile = live == null
                ? "Nothing is live."
                : "Release " + live.release().number() + " is still live; visitors noticed nothing.";
        RouterLink build = BuildView.link(picture.app(), picture.view().build());
        Run command = picture.view().command();
        Component output = command == null || command.endedAt() == null
                ? Words.quiet("")
                : CommandLine.output(picture.app(), release.number());
        return new Callout(Tone.BAD, "Release " + release.number() + " failed. " + meanwhile, told.sentence())
                .withLines(told.lines())
                .with(
                        new CommitLine(picture.view().build().commit()),
                        new RelativeTime(release.createdAt()),
                        build,
                        output);
    }
}
