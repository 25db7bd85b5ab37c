package dev.slipway.ui.drains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.Bell;
import dev.slipway.platform.drains.DrainView;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import java.util.List;

/// The app's log drains.
final class DrainList extends Section {
    private static final long serialVersionUID = 1;

    private final String app;
    private final transient DrainParts parts;
    private final EmptyState empty = new EmptyState(
            "No log drains yet",
            "The log is kept here, the oldest lines go first. A drain also sends it to a collector of yours, by syslog or HTTP, from then on.");
    private final KeyedList<Long, DrainView> rows;

    DrainList(String app, DrainParts parts) {
        this.app = app;
        this.parts = parts;
        addClassName("section");
        rows = new KeyedList<>(
                view -> view.drain().id(),
                view -> new DrainRow(view, new DrainRow.Actions(this::test, this::askToRemove)));
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", "Log drains");
        Button add = new Button("Add drain", click -> new DrainDialog(app, parts).open());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Div head = new Div(new H2("Log drains"), add);
        head.addClassName("section-head");
        Paragraph back =
                new Paragraph(new RouterLink("‹ The log itself", LogsView.class, new RouteParameters("app", app)));
        back.addClassName("small");
        add(back, head, empty, rows);
        // every look, also those that nobody rang for: how drains do isn't in the database
        parts.live().watch(this, DrainList::concerns, () -> parts.drains().ofApp(app), this::show);
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.APP || ring.topic() == Bell.Topic.ANY;
    }

    private void show(List<DrainView> drains) {
        empty.setVisible(drains.isEmpty());
        rows.setVisible(!drains.isEmpty());
        rows.show(drains);
    }

    private void test(DrainView view) {
        parts.drains().test(app, view.drain().id());
        Notices.done("A test line is on its way.");
    }

    private void askToRemove(DrainView view) {
        String host = view.drain().address().host();
        new ConfirmDialog(
                        "Send nothing to " + host + " any more?",
                        "What hasn't been sent yet stays in the log here.",
                        "Remove",
                        confirmed -> {
                            parts.drains()
                                    .remove(app, view.drain().id(), parts.user().name());
                            Notices.done("The log isn't sent to " + host + " any more.");
                        },
                        "Keep it",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
