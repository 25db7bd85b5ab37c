package dev.slipway.runtime.testing;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import dev.slipway.runtime.engine.Labels;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// What the engine itself says about an installation's containers: when they start and end, and how many ran at once.
public final class ContainerDiary implements Closeable {
    private final Set<String> running = new HashSet<>();
    private final Map<String, CompletableFuture<Void>> expected = new ConcurrentHashMap<>();
    private final ResultCallback.Adapter<Event> events;
    private int most;

    public ContainerDiary(String installation) {
        events = TestImages.docker()
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withLabelFilter(Map.of(Labels.INSTALLATION, installation))
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Event event) {
                        note(event);
                    }
                });
    }

    private synchronized void note(Event event) {
        String action = String.valueOf(event.getAction());
        if (action.equals("start") && event.getActor().getAttributes().containsKey(Labels.INSTANCE)) {
            running.add(event.getId());
            most = Math.max(most, running.size());
        } else if (action.equals("die")) {
            running.remove(event.getId());
        }
        CompletableFuture<Void> awaited = expected.remove(action);
        if (awaited != null) {
            awaited.complete(null);
        }
    }

    /// Completes with the next event of this kind.
    public CompletableFuture<Void> next(String action) {
        return expected.computeIfAbsent(action, a -> new CompletableFuture<>());
    }

    public synchronized int mostAtOnce() {
        return most;
    }

    /// What was until now doesn't count: not all that ran wrote the same volume.
    public synchronized void forget() {
        most = 1;
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
