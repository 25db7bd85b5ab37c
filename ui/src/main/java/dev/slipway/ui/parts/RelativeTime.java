package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.time.Instant;

/// "4 min ago", kept up to date by the browser; the exact time is the tooltip.
@Tag("slip-time")
public final class RelativeTime extends Component {
    private static final long serialVersionUID = 1;

    public RelativeTime(Instant at) {
        getElement().setAttribute("at", at.toString());
    }

    /// "in 4 s", of something to come.
    public static RelativeTime ahead(Instant at) {
        RelativeTime time = new RelativeTime(at);
        time.getElement().setAttribute("ahead", true);
        return time;
    }

    /// Puts words before the time, such as "since".
    public RelativeTime after(String words) {
        getElement().setAttribute("before", words);
        return this;
    }
}
