package dev.slipway.ui.drains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import dev.slipway.platform.drains.DrainHealth;
import dev.slipway.platform.drains.DrainView;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Words;
import java.time.Instant;

/// One drain: where it leads, and how it does.
final class DrainRow extends ListItem {
    private static final long serialVersionUID = 1;

    /// What its buttons do.
    record Actions(SerializableConsumer<DrainView> test, SerializableConsumer<DrainView> remove)
            implements java.io.Serializable {}

    DrainRow(DrainView view, Actions actions) {
        addClassNames("row", "drain-row");
        String url = view.drain().address().url();
        Span title = new Span(url);
        title.addClassNames("row-title", "domain-address");
        Span how = Words.quiet(DrainWords.behaviour(view.drain()));
        how.addClassName("small");
        Div what = new Div(title, how);
        what.addClassName("commit");
        Div state = new Div(new StatusPill(DrainWords.status(view)));
        state.addClassName("cell-state");
        DrainHealth health = view.health();
        Instant delivered = health == null ? null : health.deliveredAt();
        if (delivered != null) {
            Div last = new Div(new RelativeTime(delivered).after("last lines arrived"));
            last.addClassNames("quiet", "domain-detail");
            state.add(last);
        }
        for (String detail : new String[] {DrainWords.detail(view), DrainWords.test(view)}) {
            if (!detail.isEmpty()) {
                Span words = Words.quiet(detail);
                words.addClassName("domain-detail");
                state.add(words);
            }
        }
        Button test = new Button("Test", click -> actions.test().accept(view));
        test.setAriaLabel("Send a test line to " + url);
        Button remove = new Button("Remove", click -> actions.remove().accept(view));
        remove.setAriaLabel("Remove the drain to " + url);
        Div buttons = new Div(test, remove);
        buttons.addClassNames("cell-action", "domain-actions");
        add(what, state, buttons);
    }
}
