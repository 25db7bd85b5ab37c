package dev.slipway.ui.door;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import dev.slipway.db.door.DoorUser;
import dev.slipway.ui.parts.RelativeTime;

/// Somebody who comes in with a password.
final class VisitorRow extends ListItem {
    private static final long serialVersionUID = 1;

    VisitorRow(DoorUser user, SerializableConsumer<DoorUser> remove) {
        addClassNames("row", "visitor-row");
        Span name = new Span(user.name());
        name.addClassNames("row-title", "cut");
        Div since = new Div(new RelativeTime(user.createdAt()).after("invited by " + user.createdBy()));
        since.addClassNames("quiet", "small");
        Button end = new Button("Remove", click -> remove.accept(user));
        end.setAriaLabel("Remove " + user.name());
        Div action = new Div(end);
        action.addClassName("cell-action");
        add(name, since, action);
    }
}
