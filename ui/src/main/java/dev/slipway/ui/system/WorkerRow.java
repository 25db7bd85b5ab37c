package dev.slipway.ui.system;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import dev.slipway.platform.system.SystemService.QueueEntry;
import dev.slipway.platform.system.SystemService.WorkerEntry;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;
import java.time.Instant;

/// One worker and what it does.
final class WorkerRow extends ListItem {
    private static final long serialVersionUID = 1;

    /// What is shown of a worker; its last sign of life isn't, because it changes all the time.
    record Worker(String id, String host, long pid, Instant startedAt, String builds) {
        static Worker of(WorkerEntry entry) {
            QueueEntry current = entry.current();
            return new Worker(
                    entry.worker().id(),
                    entry.worker().host(),
                    entry.worker().pid(),
                    entry.worker().startedAt(),
                    current == null
                            ? ""
                            : current.app().name() + ", build "
                                    + current.build().number());
        }
    }

    WorkerRow(Worker worker) {
        addClassNames("row", "worker-row");
        Span id = new Span(worker.id());
        id.addClassName("row-title");
        boolean idle = worker.builds().isEmpty();
        Div state = new Div(new StatusPill(idle ? new Status("Free", Tone.GOOD) : new Status("Building", Tone.ACTIVE)));
        state.addClassName("cell-state");
        Div where = new Div(Words.quiet("process " + worker.pid() + " on " + worker.host()));
        Div when = new Div(new RelativeTime(worker.startedAt()).after("started"));
        when.addClassName("cell-when");
        Span builds = new Span(worker.builds());
        builds.addClassName("cell-builds");
        add(id, state, builds, where, when);
    }
}
