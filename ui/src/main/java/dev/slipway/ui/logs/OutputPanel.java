package dev.slipway.ui.logs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import dev.slipway.db.Json;
import java.util.List;

/// Lines of an app's log. The browser gets them from the REST API, so that none of them is in the session.
@Tag("slip-output")
final class OutputPanel extends Component {
    private static final long serialVersionUID = 1;

    OutputPanel(String app) {
        getElement().setAttribute("source", "/api/v1/apps/" + app + "/logs");
    }

    /// Shows one instance's lines at first.
    void choose(String instance) {
        getElement().setAttribute("instance", instance);
    }

    void offer(List<Choice> choices) {
        getElement().setAttribute("choices", Json.write(choices));
    }
}
