package dev.slipway.platform.api;

import dev.slipway.platform.Problem;
import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted: at most `limit` items (1 to 100, 20 when not given) numbered lower than
/// `before`.
record Paging(@Nullable Integer limitGiven, @Nullable Long beforeGiven) {
    private static final int MOST = 100;
    private static final int USUAL = 20;

    Paging {
        if (limitGiven != null && (limitGiven < 1 || limitGiven > MOST)) {
            throw Problem.invalid("limit must be between 1 and " + MOST + ", not " + limitGiven + ".");
        }
        if (beforeGiven != null && beforeGiven < 1) {
            throw Problem.invalid("before must be a number from an earlier page's next, not " + beforeGiven + ".");
        }
    }

    int limit() {
        return limitGiven == null ? USUAL : limitGiven;
    }

    /// How many to look for, so that it is known whether there are more.
    int oneMore() {
        return limit() + 1;
    }

    long before() {
        return beforeGiven == null ? Long.MAX_VALUE : beforeGiven;
    }

    int beforeInt() {
        return (int) Math.min(before(), Integer.MAX_VALUE);
    }
}
