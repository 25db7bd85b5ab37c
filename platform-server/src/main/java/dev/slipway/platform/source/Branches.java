package dev.slipway.platform.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The branches of a remote repository, by name.
///
/// @param main the one its HEAD points to; null when it doesn't say
public record Branches(@Nullable String main, List<String> names) {
    private static final int SHOWN = 10;

    String missing(String url, String branch) {
        if (names.isEmpty()) {
            return url + " has no branches yet. Push a commit to " + branch + " there.";
        }
        String some = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return url + " has no branch " + branch + ". It has: " + some
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "")
                + ". Choose one in the app's settings.";
    }
}
