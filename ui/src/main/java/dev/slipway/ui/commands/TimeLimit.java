package dev.slipway.ui.commands;

import com.vaadin.flow.component.select.Select;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/// How long a command may run, in seconds.
final class TimeLimit extends Select<Integer> {
    private static final long serialVersionUID = 1;
    private static final SortedSet<Integer> USUAL = new TreeSet<>(java.util.List.of(60, 600, 3600, 21_600, 86_400));

    TimeLimit() {
        setLabel("Time limit");
        setItems(USUAL);
        setItemLabelGenerator(TimeLimit::words);
        setValue(3600);
    }

    /// Also one that isn't usual.
    TimeLimit with(int seconds) {
        SortedSet<Integer> offered = new TreeSet<>(USUAL);
        offered.add(seconds);
        setItems(offered);
        setValue(seconds);
        return this;
    }

    static String words(int seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (seconds % 3600 == 0) {
            return time.toHours() == 1 ? "1 hour" : time.toHours() + " hours";
        }
        if (seconds % 60 == 0) {
            return time.toMinutes() == 1 ? "1 minute" : time.toMinutes() + " minutes";
        }
        return seconds + " seconds";
    }
}
