package dev.slipway.ui.live;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.slipway.db.Bell;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attached component that wants to know. Rings that come while a load is already due are one.
final class Subscription<T> {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final UI ui;
    private final LiveUpdates.Wish<T> wish;
    private final ScheduledExecutorService clock;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ReentrantLock loading = new ReentrantLock();
    private volatile long lastLoad = System.nanoTime() - LiveUpdates.PAUSE.toNanos();
    private volatile boolean closed;
    private @Nullable T shown;

    Subscription(UI ui, LiveUpdates.Wish<T> wish, ScheduledExecutorService clock) {
        this.ui = ui;
        this.wish = wish;
        this.clock = clock;
    }

    boolean concerns(Bell.Ring ring) {
        return wish.concerns().test(ring);
    }

    /// With the session's lock: the first picture.
    void showNow() {
        T value = wish.load().get();
        shown = value;
        wish.show().accept(value);
    }

    void ring() {
        if (closed || !due.compareAndSet(false, true)) {
            return;
        }
        long wait = Math.max(0, LiveUpdates.PAUSE.toNanos() - (System.nanoTime() - lastLoad));
        try {
            clock.schedule(
                    () -> Thread.ofVirtual().name("live-update").start(this::update), wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shuttingDown) {
            close();
        }
    }

    private void update() {
        loading.lock();
        try {
            lastLoad = System.nanoTime();
            due.set(false);
            if (closed) {
                return;
            }
            T value = wish.load().get();
            ui.access(() -> show(value));
        } catch (UIDetachedException e) {
            close();
        } catch (RuntimeException e) {
            log.debug(
                    "a view couldn't be updated; it is tried again in {}",
                    Duration.ofMillis(LiveUpdates.LOOK.toMillis()),
                    e);
        } finally {
            loading.unlock();
        }
    }

    private void show(T value) {
        if (!closed && !Objects.equals(value, shown)) {
            shown = value;
            wish.show().accept(value);
        }
    }

    void close() {
        closed = true;
    }
}
