package dev.slipway.db.apps;

import dev.slipway.db.releases.Processes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many instances of each process type an app should have. The app's own: no release changes it, but for
/// the types that it brings for the first time.
///
/// @param idleMinutes after so long without a request web has no instance until the next request; 0: it always has
public record Scale(int web, SortedMap<String, Integer> others, int idleMinutes) {
    public static final int MOST = 100;
    public static final int MOST_IDLE_MINUTES = 7 * 24 * 60;

    public Scale {
        others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
    }

    /// Of an app that has nothing but web.
    public static Scale of(int web) {
        return new Scale(web, new TreeMap<>(), 0);
    }

    /// 1 for a type that was never heard of.
    public int of(String type) {
        return type.equals(Processes.WEB) ? web : others.getOrDefault(type, 1);
    }
}
