package dev.slipway.ui.system;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.shell.MainLayout;

/// What waits, what runs, and who works on it.
@Route(value = "queue", layout = MainLayout.class)
@PageTitle("Queue · Slipway")
public class QueueView extends Div {
    private static final long serialVersionUID = 1;

    public QueueView() {
        add(new H1("Queue"));
    }
}
