package dev.slipway.platform.api;

import dev.slipway.platform.Problem;
import dev.slipway.platform.commands.TerminalService;
import dev.slipway.platform.runtime.AppTerminals.AppTerminal;
import dev.slipway.platform.runtime.AppTerminals.Frame;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The connection of one terminal. Output comes only as fast as the browser shows it; keys are taken only as fast as
/// the program reads them. It ends with the connection, and with the log-in or the token that began it.
final class TerminalSocket extends Endpoint {
    private static final Logger log = LoggerFactory.getLogger(TerminalSocket.class);
    /// How much may be under way that the browser hasn't shown yet.
    private static final long WINDOW = 256 << 10;

    private static final int LARGEST_KEYS = 32 << 10;
    private static final int LARGEST_WORD = 1 << 10;
    /// A browser answers pings; one that doesn't is gone.
    private static final long SILENCE_MILLIS = 45_000;
    /// How long a browser that shows nothing is waited for before it is asked again who it is.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final TerminalService terminals;
    private final TerminalService.Wish wish;
    private final BooleanSupplier allowed;
    private final JsonMapper json;
    private final CompletableFuture<@Nullable AppTerminal> terminal = new CompletableFuture<>();
    private long underWay;
    private boolean closed;

    /// @param allowed whether who began it may still have it
    TerminalSocket(TerminalService terminals, TerminalService.Wish wish, BooleanSupplier allowed, JsonMapper json) {
        this.terminals = terminals;
        this.wish = wish;
        this.allowed = allowed;
        this.json = json;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxBinaryMessageBufferSize(LARGEST_KEYS);
        session.setMaxTextMessageBufferSize(LARGEST_WORD);
        session.getUserProperties().put("org.apache.tomcat.websocket.READ_IDLE_TIMEOUT_MS", SILENCE_MILLIS);
        session.addMessageHandler(byte[].class, (MessageHandler.Whole<byte[]>) this::typed);
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::said);
        Thread.ofVirtual().name("terminal-" + wish.app().name()).start(() -> serve(session));
    }

    private void serve(Session session) {
        Instant opened = Instant.now();
        String end;
        try (AppTerminal begun = terminals.open(wish)) {
            terminal.complete(begun);
            end = show(begun, session);
            terminals.closed(wish, opened);
        } catch (Problem e) {
            end = e.sentence();
        } catch (DataAccessException e) {
            log.error("a terminal of {} can't be recorded", wish.app().name(), e);
            end = "The platform's database doesn't answer.";
        } finally {
            terminal.complete(null);
        }
        finish(session, end);
    }

    /// Until its end, which is returned.
    private String show(AppTerminal begun, Session session) {
        try {
            while (true) {
                switch (begun.next()) {
                    case Frame.Output(byte[] bytes) -> {
                        while (!hasRoom(bytes.length)) {
                            requireAllowed();
                        }
                        session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
                    }
                    case Frame.Alive() -> {
                        requireAllowed();
                        session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
                    }
                    case Frame.Ended(String sentence) -> {
                        return sentence;
                    }
                }
            }
        } catch (Problem refused) {
            return refused.sentence();
        } catch (IOException | IllegalStateException gone) {
            return "The connection was lost.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "The platform is stopping.";
        }
    }

    private void requireAllowed() {
        if (!allowed.getAsBoolean()) {
            throw new Problem(
                    Problem.Kind.REFUSED, "The token that this terminal was opened with isn't good any more.");
        }
    }

    /// Waits a while until the browser has shown enough for so much more.
    private synchronized boolean hasRoom(int bytes) throws InterruptedException, IOException {
        Instant patience = Instant.now().plus(LOOK);
        while (underWay > WINDOW && !closed && Instant.now().isBefore(patience)) {
            wait(LOOK.toMillis());
        }
        if (closed) {
            throw new IOException("nobody looks any more");
        }
        if (underWay > WINDOW) {
            return false;
        }
        underWay += bytes;
        return true;
    }

    private synchronized void shown(long bytes) {
        underWay = Math.max(0, underWay - Math.max(0, bytes));
        notifyAll();
    }

    private void typed(byte[] keys) {
        withTerminal(open -> open.type(keys));
    }

    /// Words that make no sense are ignored.
    private void said(String text) {
        try {
            JsonNode word = json.readTree(text);
            if (word.has("shown")) {
                shown(word.path("shown").asLong(0));
            } else if (word.has("columns")) {
                withTerminal(open -> open.resize(
                        word.path("columns").asInt(80), word.path("rows").asInt(24)));
            }
        } catch (JacksonException e) {
            log.debug("a terminal's browser says something that isn't JSON");
        }
    }

    private void withTerminal(java.util.function.Consumer<AppTerminal> work) {
        AppTerminal open = terminal.join();
        if (open != null) {
            try {
                work.accept(open);
            } catch (Problem hasEnded) {
                log.debug("for a terminal that has ended: {}", hasEnded.sentence());
            }
        }
    }

    private void finish(Session session, String sentence) {
        try {
            if (session.isOpen()) {
                session.getBasicRemote().sendText(json.writeValueAsString(Map.of("ended", sentence)));
                session.close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
            }
        } catch (IOException | IllegalStateException gone) {
            log.debug("nobody hears how a terminal ended: {}", gone.getMessage());
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        terminal.thenAccept(open -> {
            if (open != null) {
                Thread.ofVirtual().name("terminal-end").start(open::close);
            }
        });
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        log.debug("a terminal's connection broke: {}", thrown.getMessage());
    }
}
