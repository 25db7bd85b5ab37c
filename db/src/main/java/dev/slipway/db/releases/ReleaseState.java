package dev.slipway.db.releases;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// States of a release and the only table of their transitions.
public enum ReleaseState {
    PENDING,
    STARTING,
    LIVE,
    RETIRED,
    FAILED,
    CANCELLED;

    /// What can happen to a release.
    public enum Event {
        START,
        /// it has the traffic
        GO_LIVE,
        FAIL,
        /// another release has the traffic now
        RETIRE,
        /// a newer release came before it started, or its app was deleted
        CANCEL
    }

    /// The next state, or empty when the event can't happen in this state.
    public Optional<ReleaseState> on(Event event) {
        return Optional.ofNullable(
                switch (this) {
                    case PENDING ->
                        switch (event) {
                            case START -> STARTING;
                            case CANCEL -> CANCELLED;
                            case GO_LIVE, FAIL, RETIRE -> null;
                        };
                    case STARTING ->
                        switch (event) {
                            case GO_LIVE -> LIVE;
                            case FAIL -> FAILED;
                            case START, RETIRE, CANCEL -> null;
                        };
                    case LIVE -> event == Event.RETIRE ? RETIRED : null;
                    case RETIRED, FAILED, CANCELLED -> null;
                });
    }

    public boolean isFinal() {
        return this == RETIRED || this == FAILED || this == CANCELLED;
    }

    /// The states in which `event` can happen: the guard of its UPDATE.
    public static Set<ReleaseState> from(Event event) {
        EnumSet<ReleaseState> states = EnumSet.noneOf(ReleaseState.class);
        for (ReleaseState state : values()) {
            if (state.on(event).isPresent()) {
                states.add(state);
            }
        }
        return states;
    }
}
