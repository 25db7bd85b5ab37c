package dev.slipway.ui.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import dev.slipway.db.Bell;
import dev.slipway.platform.domains.DomainView;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import java.util.List;

/// The app's domains.
final class DomainList extends Section {
    private static final long serialVersionUID = 1;

    private final String app;
    private final DomainParts parts;
    private final EmptyState empty = new EmptyState(
            "No domains of its own yet",
            "The app answers under its address here. Give it a domain such as shop.example.com, and point that name's DNS record to this machine.");
    private final KeyedList<Long, DomainView> rows;

    DomainList(String app, DomainParts parts) {
        this.app = app;
        this.parts = parts;
        addClassName("section");
        rows = new KeyedList<>(
                view -> view.domain().id(),
                view -> new DomainRow(
                        view, parts.addresses().servesHttps(), new DomainRow.Actions(this::edit, this::askToRemove)));
        rows.addClassName("rows");
        rows.getElement().setAttribute("aria-label", "Domains");
        Button add = new Button(
                "Add domain", click -> DomainDialog.adding(app, parts).open());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Div head = new Div(new H2("Domains"), add);
        head.addClassName("section-head");
        add(head, empty, rows);
        parts.live().watch(this, DomainList::concerns, () -> parts.views().ofApp(app), this::show);
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() == Bell.Topic.APP;
    }

    private void show(List<DomainView> domains) {
        empty.setVisible(domains.isEmpty());
        rows.setVisible(!domains.isEmpty());
        rows.show(domains);
    }

    private void edit(DomainView view) {
        DomainDialog.editing(app, view.domain(), parts).open();
    }

    private void askToRemove(DomainView view) {
        String address = view.domain().address();
        new ConfirmDialog(
                        "Remove " + address + "?",
                        "Visitors of " + address + " get an error page from now on.",
                        "Remove",
                        confirmed -> {
                            parts.domains()
                                    .remove(
                                            app,
                                            view.domain().id(),
                                            parts.user().name());
                            Notices.done(address + " was removed.");
                        },
                        "Keep it",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
