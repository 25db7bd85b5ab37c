package dev.slipway.ui.builds;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.builds.Build;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Words;

/// Which build it is, how it stands, and what can be done about it.
final class BuildHeading extends Div {
    private static final long serialVersionUID = 1;

    /// @param newest only the newest build of the app's branch can be built again
    record Subject(String app, Build build, boolean newest) {}

    BuildHeading(Subject subject, BuildParts parts) {
        Build build = subject.build();
        addClassName("build-heading");
        Div title = new Div(new H2(BuildView.link(subject.app(), build)), new StatusPill(Status.of(build.state())));
        title.addClassName("build-title");
        BuildWords.duration(build).ifPresent(title::add);
        Div facts = new Div(new Span(BuildWords.cause(build)), new RelativeTime(build.queuedAt()));
        if (build.attempt() > 1) {
            facts.add(Words.quiet("attempt " + build.attempt()));
        }
        if (build.workerId() != null && !build.state().isFinal()) {
            facts.add(Words.quiet("on worker " + build.workerId()));
        }
        facts.addClassName("build-facts");
        Div text = new Div(title, new CommitLine(build.commit()), facts);
        text.addClassName("build-text");
        add(text);
        if (!build.state().isFinal()) {
            add(cancel(subject, parts));
        } else if (subject.newest()) {
            add(again(subject, parts));
        }
    }

    private static Button cancel(Subject subject, BuildParts parts) {
        Button cancel = new Button("Cancel build");
        cancel.setEnabled(subject.build().cancelRequestedBy() == null);
        cancel.setDisableOnClick(true);
        cancel.addClickListener(click -> {
            parts.builds()
                    .cancel(
                            subject.app(),
                            subject.build().number(),
                            parts.user().name());
            Notices.done("Build " + subject.build().number() + " is being stopped.");
        });
        return cancel;
    }

    private static Button again(Subject subject, BuildParts parts) {
        Button again = new Button("Build again");
        again.setDisableOnClick(true);
        again.setTooltipText("Builds commit " + subject.build().commit().id().abbreviated()
                + " once more, with the app's present settings");
        again.addClickListener(click -> {
            Build build = parts.builds().again(subject.app(), parts.user().name());
            again.getUI().ifPresent(ui -> ui.navigate(BuildView.class, BuildView.parameters(subject.app(), build)));
        });
        return again;
    }
}
