package dev.slipway.runtime.handover;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The run of the runtime tier before this one, if it still runs. First [#takeOver], then [#leave], once each.
///
/// One that doesn't stop reconciling in time is killed: it loses its requests in flight, but no two ever reconcile.
public final class Predecessor {
    private static final Logger log = LoggerFactory.getLogger(Predecessor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final @Nullable Wire wire;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private Predecessor(@Nullable Wire wire) {
        this.wire = wire;
        if (wire == null) {
            gone.complete(null);
        }
    }

    /// Stops the predecessor's reconciling. When this returns, `ownership` is this process's.
    ///
    /// @param directory where the runs of one installation meet
    static Predecessor takeOver(Path directory, Ownership ownership) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Wire wire = null;
        boolean free = ownership.tryTake();
        while (!free && wire == null && System.nanoTime() < end) {
            wire = connect(directory);
            free = wire == null && pause() && ownership.tryTake();
        }
        Predecessor predecessor = new Predecessor(wire);
        if (!free) {
            log.info("taking over from the run before");
            if (wire == null || !predecessor.ask(Wire.TAKE_OVER, Wire.YOURS)) {
                kill(ownership);
            }
            ownership.take();
        }
        return predecessor;
    }

    /// Null when nobody listens there (yet).
    private static @Nullable Wire connect(Path directory) {
        try {
            return new Wire(SocketChannel.open(Wire.address(directory)));
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(RETRY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void kill(Ownership ownership) {
        ownership.holder().ifPresent(holder -> {
            log.warn("killing the run before, process {}, which doesn't answer", holder.pid());
            holder.destroyForcibly();
        });
    }

    /// Tells the predecessor that this process answers the door now. Returns when no new request can reach it; its
    /// requests in flight go on until [#gone].
    ///
    /// @param news is told what becomes of them, a line at a time ([Parting#news]), from another thread
    public void leave(Consumer<String> news) {
        Wire open = wire;
        if (open == null) {
            return;
        }
        CompletableFuture<Void> silent = new CompletableFuture<>();
        Thread.ofVirtual().name("predecessor").start(() -> {
            try {
                for (String word = hear(open); word != null; word = hear(open)) {
                    if (word.equals(Wire.SILENT)) {
                        silent.complete(null);
                    } else {
                        news.accept(word);
                    }
                }
                log.info("the run before has ended");
            } finally {
                silent.complete(null);
                gone.complete(null);
            }
        });
        try {
            open.say(Wire.OPEN);
            open.say(Wire.TELL);
            silent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException ended) {
            log.debug("the run before has ended", ended);
        } catch (TimeoutException | ExecutionException e) {
            log.warn("the run before doesn't answer \"{}\"", Wire.OPEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Completes when it has ended.
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /// True when it answered, or has ended.
    private boolean ask(String word, String expected) {
        Wire open = java.util.Objects.requireNonNull(wire);
        try {
            open.say(word);
            String answer =
                    CompletableFuture.supplyAsync(() -> hear(open)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return answer == null || answer.equals(expected);
        } catch (IOException ended) {
            return true;
        } catch (TimeoutException | ExecutionException e) {
            log.warn("the run before doesn't answer \"{}\"", word);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static @Nullable String hear(Wire wire) {
        try {
            return wire.hear();
        } catch (IOException ended) {
            return null;
        }
    }
}
