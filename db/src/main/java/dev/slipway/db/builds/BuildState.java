package dev.slipway.db.builds;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// States of a build and the only table of their transitions.
public enum BuildState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    ERRORED,
    CANCELLED,
    SUPERSEDED;

    /// What can happen to a build.
    public enum Event {
        /// a worker took it
        CLAIM,
        /// the image is in the registry
        SUCCEED,
        /// the user's Dockerfile failed
        FAIL,
        /// we failed, and won't try again
        ERROR,
        /// the worker left or died, or we failed and will try again
        RETRY,
        CANCEL,
        /// a newer commit of the same branch came first
        SUPERSEDE
    }

    /// The next state, or empty when the event can't happen in this state (somebody else moved it first).
    public Optional<BuildState> on(Event event) {
        return Optional.ofNullable(
                switch (this) {
                    case QUEUED ->
                        switch (event) {
                            case CLAIM -> RUNNING;
                            case CANCEL -> CANCELLED;
                            case SUPERSEDE -> SUPERSEDED;
                            case SUCCEED, FAIL, ERROR, RETRY -> null;
                        };
                    case RUNNING ->
                        switch (event) {
                            case SUCCEED -> SUCCEEDED;
                            case FAIL -> FAILED;
                            case ERROR -> ERRORED;
                            case RETRY -> QUEUED;
                            case CANCEL -> CANCELLED;
                            case CLAIM, SUPERSEDE -> null;
                        };
                    case SUCCEEDED, FAILED, ERRORED, CANCELLED, SUPERSEDED -> null;
                });
    }

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    /// The states in which `event` can happen: the guard of its UPDATE.
    public static Set<BuildState> from(Event event) {
        EnumSet<BuildState> states = EnumSet.noneOf(BuildState.class);
        for (BuildState state : values()) {
            if (state.on(event).isPresent()) {
                states.add(state);
            }
        }
        return states;
    }
}
