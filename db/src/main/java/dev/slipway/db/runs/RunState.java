package dev.slipway.db.runs;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// States of a run and the only table of their transitions.
public enum RunState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /// What can happen to a run.
    public enum Event {
        /// its container runs, or has run
        START,
        SUCCEED,
        FAIL,
        /// its release ended before it started, or somebody wanted it to end
        CANCEL
    }

    /// The next state, or empty when the event can't happen in this state.
    public Optional<RunState> on(Event event) {
        return Optional.ofNullable(
                switch (this) {
                    case QUEUED ->
                        switch (event) {
                            case START -> RUNNING;
                            case FAIL -> FAILED;
                            case CANCEL -> CANCELLED;
                            case SUCCEED -> null;
                        };
                    case RUNNING ->
                        switch (event) {
                            case SUCCEED -> SUCCEEDED;
                            case FAIL -> FAILED;
                            case CANCEL -> CANCELLED;
                            case START -> null;
                        };
                    case SUCCEEDED, FAILED, CANCELLED -> null;
                });
    }

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /// The states in which `event` can happen: the guard of its UPDATE.
    public static Set<RunState> from(Event event) {
        EnumSet<RunState> states = EnumSet.noneOf(RunState.class);
        for (RunState state : values()) {
            if (state.on(event).isPresent()) {
                states.add(state);
            }
        }
        return states;
    }
}
