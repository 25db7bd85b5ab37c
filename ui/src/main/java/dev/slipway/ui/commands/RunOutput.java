package dev.slipway.ui.commands;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/// What a run writes, or wrote. The browser gets it from the REST API, so that none of it is in the session.
@Tag("slip-run-output")
final class RunOutput extends Component {
    private static final long serialVersionUID = 1;

    /// @param live it still runs: there will be more
    RunOutput(String app, long run, boolean live) {
        getElement().setAttribute("source", "/api/v1/apps/" + app + "/runs/" + run + "/output");
        if (live) {
            getElement().setAttribute("live", true);
        }
    }
}
