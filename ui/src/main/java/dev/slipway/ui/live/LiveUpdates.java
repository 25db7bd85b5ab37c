package dev.slipway.ui.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import dev.slipway.db.Bell;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/// Keeps what attached components show like the tables. A ring of the bell makes the views it concerns load
/// again, at most five times a second each; only what is really different is pushed. As rings can be lost,
/// everything is looked at every [#LOOK] anyway.
@Service
public class LiveUpdates {
    static final Duration PAUSE = Duration.ofMillis(200);
    static final Duration LOOK = Duration.ofSeconds(15);

    private final Set<Subscription<?>> subscriptions = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-updates").daemon().factory());
    private final AutoCloseable bell;

    LiveUpdates(Bell bell) {
        this.bell = bell.onRing(this::ring);
        clock.scheduleWithFixedDelay(
                () -> subscriptions.forEach(Subscription::ring),
                LOOK.toMillis(),
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// While `owner` is attached: shows what `load` gives, at once and after every ring that concerns it.
    /// `load` runs on any thread without the session's lock and gives a value with `equals`; `show` runs with
    /// the lock.
    public <T> void watch(Component owner, Predicate<Bell.Ring> concerns, Supplier<T> load, Consumer<T> show) {
        owner.addAttachListener(attached -> start(owner, attached.getUI(), new Wish<>(concerns, load, show)));
        owner.getUI().ifPresent(ui -> start(owner, ui, new Wish<>(concerns, load, show)));
    }

    record Wish<T>(Predicate<Bell.Ring> concerns, Supplier<T> load, Consumer<T> show) {}

    private <T> void start(Component owner, UI ui, Wish<T> wish) {
        Subscription<T> subscription = new Subscription<>(ui, wish, clock);
        subscriptions.add(subscription);
        owner.addDetachListener(detached -> {
            detached.unregisterListener();
            subscriptions.remove(subscription);
            subscription.close();
        });
        subscription.showNow();
    }

    private void ring(Bell.Ring ring) {
        for (Subscription<?> subscription : subscriptions) {
            if (ring.topic() == Bell.Topic.ANY || subscription.concerns(ring)) {
                subscription.ring();
            }
        }
    }

    /// How many components are kept up to date now.
    int watching() {
        return subscriptions.size();
    }

    @PreDestroy
    void close() throws Exception {
        bell.close();
        clock.shutdownNow();
    }
}
