package dev.slipway.worker.attempt;

import dev.slipway.db.apps.App;
import dev.slipway.worker.engine.EngineException;
import dev.slipway.worker.engine.ImageTag;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An app's images in the engine: each build's image has the tag `slipway-<installation>/<app>:b<number>`, so
/// that pruning unnamed images spares it. The newest are kept for quick starts; the registry has more.
public final class LocalImages {
    private static final Logger log = LoggerFactory.getLogger(LocalImages.class);
    private static final int KEPT = 5;
    private static final String NUMBERED = "b\\d{1,9}";

    private LocalImages() {}

    static ImageTag tag(Workplace place, App app, int build) {
        return new ImageTag("slipway-" + place.installation() + "/" + app.name(), "b" + build);
    }

    /// Removes the tag that was only for pushing, and all but the newest images of the app. Never forces: what
    /// a container uses stays.
    ///
    /// @param spared builds whose images stay: an app that sleeps has no container, and is to wake up without the
    ///     registry
    public static void tidy(Workplace place, App app, int build, Set<Integer> spared) {
        try {
            place.engine().untag(new ImageTag(place.registry().address() + "/" + app.name(), "b" + build));
            String repository = tag(place, app, build).repository();
            for (ImageTag old : surplus(
                    place.engine().tags(repository, "dev.slipway.installation=" + place.installation()), spared)) {
                place.engine().untag(old);
            }
        } catch (EngineException e) {
            log.info("old images of {} stay for now: {}", app.name(), e.getMessage());
        }
    }

    /// All but the newest builds' tags and the spared ones.
    static List<ImageTag> surplus(List<ImageTag> tags, Set<Integer> spared) {
        return tags.stream()
                .filter(tag -> tag.tag().matches(NUMBERED))
                .sorted(Comparator.comparingInt(LocalImages::build).reversed())
                .skip(KEPT)
                .filter(tag -> !spared.contains(build(tag)))
                .toList();
    }

    private static int build(ImageTag tag) {
        return Integer.parseInt(tag.tag().substring(1));
    }
}
