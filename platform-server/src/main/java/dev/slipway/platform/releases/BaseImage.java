package dev.slipway.platform.releases;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells from a Dockerfile what its image builds upon. Pure.
final class BaseImage {
    private static final Pattern FROM = Pattern.compile(
            "(?im)^[ \\t]*FROM[ \\t]+(?:--platform=\\S+[ \\t]+)?(\\S+)(?:[ \\t]+AS[ \\t]+(\\S+))?[ \\t]*\\r?$");

    private BaseImage() {}

    /// The image that `stage` (null: the last one) begins with in the end, through the stages that it builds upon; as
    /// it
    /// is written, so a build argument in it stays one.
    static Optional<String> of(String dockerfile, @Nullable String stage) {
        Map<String, String> bases = new HashMap<>();
        String last = null;
        Matcher line = FROM.matcher(dockerfile);
        while (line.find()) {
            String base = line.group(1);
            last = bases.getOrDefault(base.toLowerCase(Locale.ROOT), base);
            if (line.group(2) != null) {
                bases.put(line.group(2).toLowerCase(Locale.ROOT), last);
            }
        }
        return Optional.ofNullable(stage == null ? last : bases.getOrDefault(stage.toLowerCase(Locale.ROOT), last));
    }
}
