package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import dev.slipway.db.instances.Instance;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import java.util.List;
import java.util.Objects;

/// Process types of the live release whose instances die again and again.
final class CrashLoops extends Div {
    private static final long serialVersionUID = 1;

    /// @param last of each such type, the instance that died last
    CrashLoops(List<Instance> last) {
        addClassName("section");
        last.forEach(instance -> add(callout(instance)));
    }

    /// Of the instances that are of interest those that died in a loop.
    static List<Instance> of(List<Instance> ofInterest) {
        return ofInterest.stream()
                .filter(instance -> instance.state() == Instance.State.FAILED)
                .filter(instance ->
                        instance.restart() != null && instance.restart().looping())
                .toList();
    }

    private static Callout callout(Instance instance) {
        Instance.Restart restart = Objects.requireNonNull(instance.restart());
        Told told = Told.of(instance.message());
        return new Callout(
                        Tone.BAD,
                        "Crash loop: " + instance.process() + " died " + restart.failures() + " times in a row",
                        told.sentence().replaceFirst("^restarting in [^.]*\\. ", ""))
                .withLines(told.lines())
                .with(RelativeTime.ahead(restart.at()).after("The next one starts"));
    }
}
