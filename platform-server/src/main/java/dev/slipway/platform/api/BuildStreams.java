package dev.slipway.platform.api;

import dev.slipway.db.Bell;
import dev.slipway.platform.builds.BuildService;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// The watchers of builds, at most 200 at a time.
@Component
class BuildStreams {
    private static final Logger log = LoggerFactory.getLogger(BuildStreams.class);
    private static final int MOST = 200;
    private static final long NO_TIMEOUT = 0;

    private final BuildService builds;
    private final Bell bell;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<BuildStream> open = ConcurrentHashMap.newKeySet();

    BuildStreams(BuildService builds, Bell bell) {
        this.builds = builds;
        this.bell = bell;
    }

    /// Begins to send to a new watcher.
    ///
    /// @throws NoPlaceException when there are too many watchers already
    SseEmitter watch(String app, long buildId, LogPosition position) {
        if (!places.tryAcquire()) {
            throw new NoPlaceException("There are already " + MOST
                    + " watchers of builds. Try again later, or read the log piece by piece.");
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        BuildStream stream = new BuildStream(builds, app, buildId, position, emitter);
        Thread.ofVirtual().name("watch-build-" + buildId).start(() -> serve(stream, emitter));
        return emitter;
    }

    private void serve(BuildStream stream, SseEmitter emitter) {
        open.add(stream);
        try (AutoCloseable listening = bell.onRing(stream::ring)) {
            stream.run();
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            log.debug("a watcher went away: {}", gone.getMessage());
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("a build couldn't be watched any more", e);
            emitter.complete();
        } finally {
            open.remove(stream);
            places.release();
        }
    }

    /// So that streams don't hold up an orderly stop; browsers connect again by themselves.
    @EventListener(ContextClosedEvent.class)
    void stop() {
        open.forEach(BuildStream::stop);
    }
}
