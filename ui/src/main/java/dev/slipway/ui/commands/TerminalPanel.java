package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/// A terminal. The browser talks to the API by a WebSocket, so that nothing of it goes through the session.
@Tag("slip-terminal")
final class TerminalPanel extends Component {
    private static final long serialVersionUID = 1;

    TerminalPanel(String app) {
        getElement().setAttribute("source", "/api/v1/apps/" + app + "/terminal");
    }
}
