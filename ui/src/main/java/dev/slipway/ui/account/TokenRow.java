package dev.slipway.ui.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableConsumer;
import dev.slipway.db.access.Token;
import dev.slipway.ui.parts.RelativeTime;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.parts.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// One token, without its secret.
final class TokenRow extends ListItem {
    private static final long serialVersionUID = 1;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
            .withLocale(Locale.UK)
            .withZone(ZoneId.systemDefault());

    TokenRow(Token token, SerializableConsumer<Token> revoke) {
        addClassNames("row", "token-row");
        Span name = new Span(token.name());
        name.addClassNames("row-title", "cut");
        Div what = new Div(name, Words.mono(token.hint() + "…"));
        what.addClassName("commit");
        Div used = new Div(
                token.lastUsedAt() == null
                        ? Words.quiet("never used")
                        : new RelativeTime(token.lastUsedAt()).after("used"));
        Div since = new Div(new RelativeTime(token.createdAt()).after("created"));
        since.addClassNames("quiet", "small");
        Div times = new Div(used, since);
        times.addClassName("commit");
        Button end = new Button("Revoke", click -> ask(token, revoke));
        end.setAriaLabel("Revoke the token " + token.name());
        Div action = new Div(end);
        action.addClassName("cell-action");
        add(what, times, expiry(token), action);
    }

    private static Component expiry(Token token) {
        Instant end = token.expiresAt();
        if (end == null) {
            return Words.quiet("no expiry");
        }
        return end.isBefore(Instant.now())
                ? new StatusPill(new Status("Expired", Tone.BAD))
                : Words.quiet("until " + DAY.format(end));
    }

    private static void ask(Token token, SerializableConsumer<Token> revoke) {
        new ConfirmDialog(
                        "Revoke \"" + token.name() + "\"?",
                        "What uses this token is refused from now on. This can't be undone.",
                        "Revoke",
                        confirmed -> revoke.accept(token),
                        "Keep it",
                        cancelled -> {
                            // nothing to do
                        })
                .open();
    }
}
