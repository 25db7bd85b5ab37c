package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.time.Duration;
import java.time.Instant;

/// How long something took, or, ticking in the browser, has taken so far.
@Tag("slip-stopwatch")
public final class Stopwatch extends Component {
    private static final long serialVersionUID = 1;

    private Stopwatch(String attribute, String value) {
        getElement().setAttribute(attribute, value);
    }

    public static Stopwatch running(Instant since) {
        Stopwatch watch = new Stopwatch("since", since.toString());
        watch.getElement().setAttribute("now", Instant.now().toString());
        return watch;
    }

    public static Stopwatch stopped(Duration took) {
        return new Stopwatch("millis", String.valueOf(took.toMillis()));
    }
}
