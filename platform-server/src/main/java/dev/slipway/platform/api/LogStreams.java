package dev.slipway.platform.api;

import dev.slipway.platform.Problem;
import dev.slipway.platform.runtime.InstanceLogs;
import dev.slipway.platform.runtime.LogSelection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/// The watchers of apps' logs, at most 100 at a time. What the runtime tier tells is passed on byte by byte, and
/// only as fast as the watcher reads.
@Component
class LogStreams {
    private static final Logger log = LoggerFactory.getLogger(LogStreams.class);
    private static final int MOST = 100;
    private static final long NO_TIMEOUT = 0;
    private static final int PIECE = 16 << 10;

    private final InstanceLogs logs;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<ResponseBodyEmitter> open = ConcurrentHashMap.newKeySet();

    LogStreams(InstanceLogs logs) {
        this.logs = logs;
    }

    /// Begins to send to a new watcher.
    ///
    /// @throws NoPlaceException when there are too many already
    /// @throws Problem when the runtime tier refuses or doesn't answer
    ResponseBodyEmitter watch(long appId, LogSelection selection) {
        if (!places.tryAcquire()) {
            throw new NoPlaceException("There are already " + MOST + " watchers of logs. Try again later.");
        }
        try {
            InputStream events = logs.live(appId, selection);
            ResponseBodyEmitter emitter = new ResponseBodyEmitter(NO_TIMEOUT);
            open.add(emitter);
            Thread.ofVirtual().name("watch-log-" + appId).start(() -> serve(events, emitter));
            return emitter;
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    private void serve(InputStream events, ResponseBodyEmitter emitter) {
        try (events) {
            byte[] piece = new byte[PIECE];
            for (int count = events.read(piece); count >= 0; count = events.read(piece)) {
                emitter.send(Arrays.copyOf(piece, count), MediaType.APPLICATION_OCTET_STREAM);
            }
        } catch (IOException | IllegalStateException gone) {
            log.debug("a watcher went away, or the runtime tier: {}", gone.getMessage());
        } finally {
            open.remove(emitter);
            places.release();
            emitter.complete();
        }
    }

    /// So that streams don't hold up an orderly stop; browsers connect again by themselves. Who reads from the
    /// runtime tier notices with the next byte.
    @EventListener(ContextClosedEvent.class)
    void stop() {
        open.forEach(ResponseBodyEmitter::complete);
    }
}
