package dev.slipway.worker.attempt;

import dev.slipway.db.apps.App;
import dev.slipway.worker.engine.EngineException;
import dev.slipway.worker.engine.ImageTag;
import java.util.Comparator;
import java.util.List;
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
    public static void tidy(Workplace place, App app, int build) {
        try {
            place.engine().untag(new ImageTag(place.registry().address() + "/" + app.name(), "b" + build));
            String repository = tag(place, app, build).repository();
            for (ImageTag old :
                    surplus(place.engine().tags(repository, "dev.slipway.installation=" + place.installation()))) {
                place.engine().untag(old);
            }
        } catch (EngineException e) {
            log.info("old images of {} stay for now: {}", app.name(), e.getMessage());
        }
    }

    /// All but the newest builds' tags.
    static List<ImageTag> surplus(List<ImageTag> tags) {
        return tags.stream()
                .filter(tag -> tag.tag().matches(NUMBERED))
                .sorted(Comparator.comparingInt(
                                (ImageTag tag) -> Integer.parseInt(tag.tag().substring(1)))
                        .reversed())
                .skip(KEPT)
                .toList();
    }
}
