package dev.slipway.ui.system;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.db.Bell;
import dev.slipway.platform.system.SystemService;
import dev.slipway.platform.system.SystemService.QueueEntry;
import dev.slipway.ui.builds.BuildParts;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.shell.MainLayout;
import java.util.List;

/// What waits, what runs, and who works on it.
@Route(value = "queue", layout = MainLayout.class)
@PageTitle("Queue · Slipway")
public class QueueView extends Div {
    private static final long serialVersionUID = 1;

    private final KeyedList<Long, QueueEntry> queue;
    private final EmptyState nothing = new EmptyState(
            "Nothing to build", "Builds of all apps wait here for a worker. Push something, and it shows up.");
    private final KeyedList<String, WorkerRow.Worker> workers = new KeyedList<>(WorkerRow.Worker::id, WorkerRow::new);
    private final Callout nobody = new Callout(
            Tone.WARN,
            "No worker is running",
            "Builds wait until one is. On the server, ./slipway status shows what runs, and ./slipway up starts what is missing.");

    private record Picture(List<QueueEntry> queue, List<WorkerRow.Worker> workers) {}

    public QueueView(SystemService system, BuildParts parts) {
        addClassName("page");
        queue = new KeyedList<>(entry -> entry.build().id(), entry -> new QueueRow(entry, parts));
        queue.addClassName("rows");
        workers.addClassName("rows");
        add(new H1("Queue"), section("Builds", queue, nothing), section("Workers", workers, nobody));
        parts.live().watch(this, QueueView::concerns, () -> picture(system), this::show);
    }

    private static Section section(String title, Component... content) {
        Section section = new Section(new H2(title));
        section.add(content);
        section.addClassName("section");
        return section;
    }

    private static Picture picture(SystemService system) {
        return new Picture(
                system.queue(),
                system.workers().stream().map(WorkerRow.Worker::of).toList());
    }

    private void show(Picture picture) {
        queue.show(picture.queue());
        queue.setVisible(!picture.queue().isEmpty());
        nothing.setVisible(picture.queue().isEmpty());
        workers.show(picture.workers());
        workers.setVisible(!picture.workers().isEmpty());
        nobody.setVisible(picture.workers().isEmpty());
    }

    private static boolean concerns(Bell.Ring ring) {
        return switch (ring.topic()) {
            case QUEUE, BUILD, WORKER, APP -> true;
            case ANY, LOG, RELEASE, INSTANCE -> false;
        };
    }
}
