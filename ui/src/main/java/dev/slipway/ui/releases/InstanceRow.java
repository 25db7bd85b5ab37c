package dev.slipway.ui.releases;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.Processes;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Told;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;

/// One instance: how it stands, since when, what it said last.
public final class InstanceRow extends ListItem {
    private static final long serialVersionUID = 1;

    public InstanceRow(Instance instance) {
        addClassNames("row", "instance-row");
        Span id = Words.mono(instance.id());
        id.addClassName("cut");
        String sentence = instance.message() == null
                ? health(instance)
                : capitalized(Told.of(instance.message()).sentence());
        boolean web = instance.process().equals(Processes.WEB);
        Span message = new Span(web ? sentence : instance.process() + ": " + sentence);
        message.addClassName("instance-message");
        Div when = new Div(new RelativeTime(instance.stoppedAt() == null ? instance.createdAt() : instance.stoppedAt())
                .after(instance.stoppedAt() == null ? "started" : "ended"));
        when.addClassName("cell-when");
        add(new StatusPill(status(instance)), id, message, when);
    }

    /// With a link to what the instance wrote.
    public InstanceRow(String app, Instance instance) {
        this(instance);
        RouterLink logs = new RouterLink("Logs", LogsView.class, new RouteParameters("app", app));
        logs.setQueryParameters(QueryParameters.of("instance", instance.id()));
        logs.addClassName("small");
        add(logs);
    }

    private static Status status(Instance instance) {
        return instance.restart() != null && instance.restart().looping()
                ? new Status("Crash loop", Tone.BAD)
                : instance.process().equals(Processes.WEB) || instance.state() != Instance.State.HEALTHY
                        ? Status.of(instance.state())
                        : new Status("Running", Tone.GOOD);
    }

    private static String capitalized(String sentence) {
        return sentence.isEmpty() ? "" : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String worker(Instance instance) {
        return switch (instance.state()) {
            case STARTING -> "Has to stay up for a moment";
            case HEALTHY, SERVING -> "Healthy";
            case UNHEALTHY -> "Fails its health check";
            case DRAINING -> "Finishes its work";
            case STANDBY -> "Frozen, so that going back to its release takes an instant";
            case STOPPED, FAILED -> "";
        };
    }

    private static String health(Instance instance) {
        Integer port = instance.port();
        if (!instance.process().equals(Processes.WEB)) {
            return worker(instance);
        }
        return switch (instance.state()) {
            case STARTING -> "Waiting for its first healthy answer" + (port == null ? "" : " on port " + port);
            case HEALTHY -> "Healthy, gets traffic in a moment";
            case SERVING -> "Healthy" + (port == null ? "" : ", port " + port);
            case UNHEALTHY -> "Fails its health check";
            case DRAINING -> "Gets no new requests";
            case STANDBY -> "Frozen, so that going back to its release takes an instant";
            case STOPPED, FAILED -> "";
        };
    }
}
