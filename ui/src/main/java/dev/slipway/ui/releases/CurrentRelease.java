package dev.slipway.ui.releases;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.images.ImageVersion;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.Facts;
import dev.slipway.ui.parts.FileSize;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Words;

/// What has the traffic now, exactly.
public final class CurrentRelease extends Section {
    private static final long serialVersionUID = 1;

    public CurrentRelease(String app, ReleaseView view) {
        addClassName("section");
        Release release = view.release();
        ImageVersion image = view.image();
        Facts facts = new Facts()
                .with("Commit", new CommitLine(view.build().commit()))
                .with("Went live", release.liveAt() == null ? new Span("just now") : new RelativeTime(release.liveAt()))
                .with(
                        "Image",
                        new Span("v" + image.version()),
                        CopyField.inline(image.digest().value(), image.digest().abbreviated(), "the image's digest"),
                        Words.quiet(FileSize.words(image.sizeBytes())))
                .with("From", ReleaseWords.cause(app, view));
        if (release.configVersion() > 0) {
            facts.with("Config", ReleaseWords.config(release));
        }
        if (!release.processes().others().isEmpty()) {
            facts.with(
                    "Processes",
                    new Span(String.join(", ", release.processes().types().keySet())));
        }
        if (view.command() != null) {
            facts.with("Release command", new CommandLine(app, release.number(), view.command()));
        }
        facts.addClassName("two");
        Div card = new Div(facts);
        card.addClassName("card");
        add(new H2("Current release: " + release.number()), card);
    }
}
