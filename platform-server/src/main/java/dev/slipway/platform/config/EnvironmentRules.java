package dev.slipway.platform.config;

import dev.slipway.platform.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an environment may be, and what a change makes of one.
final class EnvironmentRules {
    private static final int MOST_NAMES = 500;
    private static final int LONGEST_NAME = 128;
    private static final int LARGEST_VALUE = 32 << 10;
    /// The kernel gives arguments and environment together 2 MiB at most, usually; execve(2).
    private static final int LARGEST = 256 << 10;

    private EnvironmentRules() {}

    /// The environment after a change (name to new value; null removes).
    ///
    /// @throws Problem INVALID with the name that can't be; never with a value
    static SortedMap<String, String> change(Map<String, String> present, Map<String, @Nullable String> change) {
        SortedMap<String, String> changed = new TreeMap<>(present);
        change.forEach((name, value) -> {
            if (value == null) {
                changed.remove(name);
            } else {
                checkName(name);
                checkValue(name, value);
                changed.put(name, value);
            }
        });
        if (changed.size() > MOST_NAMES) {
            throw Problem.invalid("An app can have at most " + MOST_NAMES + " variables.");
        }
        if (changed.entrySet().stream()
                        .mapToInt(e -> bytes(e.getKey()) + bytes(e.getValue()))
                        .sum()
                > LARGEST) {
            throw Problem.invalid("All variables together can't be larger than " + (LARGEST >> 10) + " KiB.");
        }
        return changed;
    }

    private static void checkName(String name) {
        if (name.length() > LONGEST_NAME || !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw Problem.invalid("\"" + (name.length() <= 40 ? name : name.substring(0, 40) + "…")
                    + "\" can't be a variable's name. Use letters, digits and _, not beginning with a digit.");
        }
        if (name.equals("PORT")) {
            throw Problem.invalid("PORT is given to the app by Slipway. Set the port in the app's settings instead.");
        }
    }

    private static void checkValue(String name, String value) {
        if (bytes(value) > LARGEST_VALUE) {
            throw Problem.invalid("The value of " + name + " is larger than " + (LARGEST_VALUE >> 10) + " KiB.");
        }
        if (value.indexOf('\0') >= 0) {
            throw Problem.invalid("The value of " + name + " has a NUL character, which no program could read.");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
