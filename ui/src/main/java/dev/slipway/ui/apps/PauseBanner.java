package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.apps.DeployPause;
import dev.slipway.platform.releases.Deploys;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Tone;
import org.jspecify.annotations.Nullable;

/// Says that builds aren't released by themselves, and ends that.
final class PauseBanner extends Div {
    private static final long serialVersionUID = 1;

    /// @param held the version of the newest image, when it was built meanwhile
    record State(String app, DeployPause pause, @Nullable Integer held) {}

    private final transient Deploys deploys;
    private final transient CurrentUser user;
    private final String app;

    PauseBanner(State state, Deploys deploys, CurrentUser user) {
        this.deploys = deploys;
        this.user = user;
        this.app = state.app();
        addClassName("pause-banner");
        DeployPause pause = state.pause();
        Integer held = state.held();
        Callout callout = new Callout(
                Tone.WARN,
                "Automatic deploys are paused",
                pause.by() + " rolled back to release " + pause.release()
                        + ". What is pushed now is built and kept as an image, but not released."
                        + (held == null ? "" : " Image v" + held + " is waiting."));
        Div actions = new Div();
        if (held != null) {
            Button both = new Button("Resume and release v" + held, click -> resume(true));
            both.addThemeVariants(ButtonVariant.PRIMARY);
            both.setDisableOnClick(true);
            actions.add(both);
        }
        Button resume = new Button(held == null ? "Resume deploys" : "Only resume", click -> resume(false));
        resume.setDisableOnClick(true);
        actions.add(resume);
        actions.addClassName("buttons");
        callout.with(actions, new Span(new RelativeTime(pause.at())));
        add(callout);
    }

    private void resume(boolean release) {
        Notices.done(deploys.resume(app, release, user.name())
                .map(made -> "Deploys go on; release " + made.number() + " is on its way.")
                .orElse("Deploys go on: the next push goes live."));
    }
}
