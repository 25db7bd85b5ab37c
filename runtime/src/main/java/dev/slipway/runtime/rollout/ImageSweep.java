package dev.slipway.runtime.rollout;

import dev.slipway.db.images.Digest;
import dev.slipway.runtime.engine.Engine;
import dev.slipway.runtime.engine.EngineException;
import dev.slipway.runtime.engine.LocalImage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Removes images from the engine that nobody needs there: all of deleted apps, and of the others those that
/// were pulled for a release that is over. The registry is untouched by it.
///
/// Workers keep the newest builds of an app by a tag of ours; images with such a tag are theirs to remove.
final class ImageSweep {
    private static final Logger log = LoggerFactory.getLogger(ImageSweep.class);
    private static final Duration LOOK = Duration.ofMinutes(10);
    /// A worker's tag, and what the engine calls what it pushed to our registry or pulled from it.
    private static final Pattern BUILT = Pattern.compile("slipway-[^/]+/[^/]+");

    private static final Pattern IN_REGISTRY = Pattern.compile("127\\.0\\.0\\.1:[0-9]{1,5}/[^/]+");

    private final Engine engine;
    private final Tables tables;
    private final BooleanSupplier closed;
    private final Ringer ringer = new Ringer();

    ImageSweep(Engine engine, Tables tables, BooleanSupplier closed) {
        this.engine = engine;
        this.tables = tables;
        this.closed = closed;
    }

    /// An app is gone.
    void ring() {
        ringer.ring();
    }

    /// Sweeps when rung and now and then, until interrupted.
    void run() {
        try {
            while (true) {
                ringer.await(LOOK);
                sweep();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            // images first: one that is built after this look may be of an app that isn't in the tables yet
            List<LocalImage> images = engine.images();
            if (images.isEmpty()) {
                return;
            }
            for (String name : superfluous(images, tables.read())) {
                remove(name);
            }
        } catch (EngineException | DataAccessException | TransactionException e) {
            log.debug("images stay until the next look: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!closed.getAsBoolean()) {
                log.error("can't look for superfluous images", e);
            }
        }
    }

    private void remove(String name) {
        try {
            engine.removeImage(name);
            log.info("removed the image {} if no container uses it", name);
        } catch (EngineException.Refused e) {
            // the others mustn't wait for it
            log.warn("the image {} stays: {}", name, e.getMessage());
        }
    }

    /// Names of images to remove. Names that a person gave stay.
    static List<String> superfluous(List<LocalImage> images, Map<Long, Desired> apps) {
        Set<Digest> needed = new HashSet<>();
        for (Desired app : apps.values()) {
            app.specs().forEach(spec -> needed.add(spec.image().imageId()));
            app.jobs().forEach(job -> needed.add(job.spec().image().imageId()));
        }
        return images.stream()
                .filter(image -> gone(apps.get(image.appId())) || !needed.contains(image.id()) && !kept(image))
                .flatMap(image -> image.names().stream())
                .filter(name -> BUILT.matcher(name).matches()
                        || IN_REGISTRY.matcher(name).matches())
                .toList();
    }

    private static boolean gone(@Nullable Desired app) {
        return app == null || app.deleted();
    }

    private static boolean kept(LocalImage image) {
        return image.names().stream().anyMatch(name -> BUILT.matcher(name).matches());
    }
}
