package dev.slipway.ui.builds;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import dev.slipway.db.builds.Build;

/// A build's log. The server only says how many lines there are; the browser fetches those in sight from the
/// REST API, so that nothing of a log stays in the session.
@Tag("slip-log")
final class LogPanel extends Component {
    private static final long serialVersionUID = 1;

    LogPanel(String app, int build) {
        getElement().setAttribute("source", "/api/v1/apps/" + app + "/builds/" + build + "/log");
    }

    void compact() {
        getElement().getClassList().add("log-compact");
    }

    void show(Build build, int lines) {
        getElement().setAttribute("attempt", String.valueOf(build.attempt()));
        getElement().setAttribute("lines", String.valueOf(lines));
        getElement().setAttribute("running", !build.state().isFinal());
    }
}
