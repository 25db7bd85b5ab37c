package dev.slipway.runtime.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands on container deaths from Docker's event stream, and its end exactly once.
final class DockerEvents extends ResultCallback.Adapter<Event> {
    private static final Logger log = LoggerFactory.getLogger(DockerEvents.class);

    private final Consumer<String> onDeath;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();

    DockerEvents(Consumer<String> onDeath, Runnable onEnd) {
        this.onDeath = onDeath;
        this.onEnd = onEnd;
    }

    @Override
    public void onNext(Event event) {
        if (event.getId() != null) {
            onDeath.accept(event.getId());
        }
    }

    @Override
    public void onError(Throwable thrown) {
        log.debug("Docker's event stream broke", thrown);
        super.onError(thrown);
        end();
    }

    @Override
    public void onComplete() {
        super.onComplete();
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
        }
    }
}
