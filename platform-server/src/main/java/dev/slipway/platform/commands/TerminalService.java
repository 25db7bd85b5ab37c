package dev.slipway.platform.commands;

import dev.slipway.db.apps.App;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.runtime.AppTerminals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/// Terminals for people. Who had one, and how long, is in the app's history; what was typed and shown isn't kept.
@Service
public class TerminalService {
    private static final List<String> SHELL = List.of("sh");

    private final AppService apps;
    private final AppTerminals terminals;
    private final EventLog events;

    TerminalService(AppService apps, AppTerminals terminals, EventLog events) {
        this.apps = apps;
        this.terminals = terminals;
        this.events = events;
    }

    /// What somebody wants.
    ///
    /// @param command null: a shell
    public record Wish(App app, @Nullable List<String> command, int columns, int rows, String by) {}

    /// @param line null: a shell
    /// @throws Problem NOT_FOUND when there is no such app, INVALID when the command can't be run
    public Wish wish(String name, @Nullable String line, int columns, int rows, String by) {
        return new Wish(apps.find(name), line == null ? null : CommandRules.line(line), columns, rows, by);
    }

    /// Blocks until it runs.
    ///
    /// @throws Problem CONFLICT when it can't be had
    public AppTerminals.AppTerminal open(Wish wish) {
        AppTerminals.AppTerminal terminal = terminals.open(
                wish.app().id(), wish.command() == null ? SHELL : wish.command(), wish.columns(), wish.rows());
        try {
            events.app(wish.app().id(), EventKind.TERMINAL_OPENED, wish.by(), "Terminal opened");
            return terminal;
        } catch (DataAccessException e) {
            // nobody has one without a trace
            terminal.close();
            throw e;
        }
    }

    public void closed(Wish wish, Instant opened) {
        Duration open = Duration.between(opened, Instant.now());
        events.app(
                wish.app().id(),
                EventKind.TERMINAL_CLOSED,
                wish.by(),
                "Terminal closed after "
                        + (open.toMinutes() > 0 ? open.toMinutes() + " min" : open.toSeconds() + " s"));
    }
}
