package dev.slipway.ui.metrics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import dev.slipway.db.Json;
import java.util.List;

/// Charts of an app. The browser gets the points from the REST API and draws them.
@Tag("slip-charts")
final class ChartsPanel extends Component {
    private static final long serialVersionUID = 1;

    ChartsPanel(String app) {
        getElement().setAttribute("source", "/api/v1/apps/" + app + "/metrics");
    }

    void mark(List<Mark> releases) {
        getElement().setAttribute("releases", Json.write(releases));
    }
}
