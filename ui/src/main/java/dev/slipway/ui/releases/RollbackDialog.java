package dev.slipway.ui.releases;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.function.SerializableRunnable;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.RollbackPreview;

/// Shows what a rollback will change and what stays, before it is done.
final class RollbackDialog extends Dialog {
    private static final long serialVersionUID = 1;

    RollbackDialog(RollbackPreview preview, SerializableRunnable confirmed) {
        Release to = preview.to().release();
        Release from = preview.from().release();
        addClassName("rollback");
        setHeaderTitle("Roll back to release " + to.number());
        setWidth("min(640px, 100vw - 24px)");
        Div body = new Div();
        body.addClassName("section");
        if (preview.changes().isEmpty()) {
            body.add(new Paragraph(
                    "Release " + to.number() + " is the same as the live one in everything a release holds."));
        } else {
            body.add(table(preview, from.number(), to.number()));
        }
        Paragraph stays = new Paragraph("Stays as it is: " + String.join(", ", preview.stays()) + ".");
        Paragraph how = new Paragraph(
                "Visitors notice nothing: release " + from.number()
                        + " serves until the new instances are healthy. This makes a new release, so you can come back the same way.");
        stays.addClassName("quiet");
        how.addClassName("quiet");
        body.add(stays, how);
        add(body);
        Button cancel = new Button("Keep release " + from.number(), click -> close());
        Button confirm = new Button("Roll back to release " + to.number());
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.setDisableOnClick(true);
        confirm.addClickListener(click -> {
            close();
            confirmed.run();
        });
        getFooter().add(cancel, confirm);
    }

    private static NativeTable table(RollbackPreview preview, int from, int to) {
        NativeTableRow head = new NativeTableRow(
                new NativeTableHeaderCell(""),
                new NativeTableHeaderCell("Now: release " + from),
                new NativeTableHeaderCell("Then: as in release " + to));
        NativeTableBody body = new NativeTableBody(head);
        for (RollbackPreview.Change change : preview.changes()) {
            NativeTableHeaderCell what = new NativeTableHeaderCell(change.what());
            what.getElement().setAttribute("scope", "row");
            body.add(new NativeTableRow(what, new NativeTableCell(change.from()), new NativeTableCell(change.to())));
        }
        NativeTable table = new NativeTable(body);
        table.addClassName("changes");
        return table;
    }
}
