package dev.slipway.db.releases;

import dev.slipway.db.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a release runs: its process types, and what runs before them. Part of the release, so a rollback brings
/// it back; how many instances of each type there are is the app's.
///
/// @param web gets the requests
/// @param others workers and the like, by name; they listen on nothing
/// @param release runs before the instances start; null: nothing does
public record Processes(
        ProcessSpec web,
        SortedMap<String, ProcessSpec> others,
        @Nullable ReleaseCommand release) {
    public static final String WEB = "web";
    /// In an app's settings, and in a file.
    public static final int MOST_OTHERS = 20;
    public static final Processes DEFAULT = of(ProcessSpec.DEFAULT);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    /// @throws IllegalArgumentException with a message for the user
    @SuppressWarnings("NullAway") // columns of before process types have neither
    public Processes {
        others = Collections.unmodifiableSortedMap(others == null ? new TreeMap<>() : new TreeMap<>(others));
        others.keySet().forEach(Processes::checkName);
    }

    /// Of an app that has nothing but web.
    public static Processes of(ProcessSpec web) {
        return new Processes(web, new TreeMap<>(), null);
    }

    /// @throws IllegalArgumentException with a message for the user when it can't be the name of a type beside web
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches() || name.equals(WEB) || name.equals("release")) {
            throw new IllegalArgumentException("\"" + (name.length() <= 80 ? name : name.substring(0, 80) + "…")
                    + "\" can't be the name of a process type: 1 to 30 of a-z, 0-9 and '-', beginning with a letter;"
                    + " \"web\" and \"release\" have their own meaning.");
        }
    }

    /// All types by name, web first.
    public SequencedMap<String, ProcessSpec> types() {
        SequencedMap<String, ProcessSpec> types = new LinkedHashMap<>();
        types.put(WEB, web);
        types.putAll(others);
        return types;
    }

    /// Of a column; also of one from before there were process types, which holds web's spec alone.
    public static Processes read(String json) {
        return Json.read(json, Map.class).containsKey(WEB)
                ? Json.read(json, Processes.class)
                : of(Json.read(json, ProcessSpec.class));
    }
}
