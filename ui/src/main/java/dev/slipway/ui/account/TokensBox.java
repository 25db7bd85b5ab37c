package dev.slipway.ui.account;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.access.Token;
import dev.slipway.platform.Problem;
import dev.slipway.platform.access.IssuedToken;
import dev.slipway.platform.access.TokenService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tokens: making one, which is shown once, and ending them.
final class TokensBox extends Div {
    private static final long serialVersionUID = 1;

    /// How long a new token holds.
    enum Life {
        MONTH(30),
        QUARTER(90),
        YEAR(365),
        ALWAYS(0);

        private final int days;

        Life(int days) {
            this.days = days;
        }

        @Nullable
        Instant end() {
            return days == 0 ? null : Instant.now().plus(Duration.ofDays(days));
        }

        String words() {
            return days == 0 ? "No expiry" : days == 365 ? "1 year" : days + " days";
        }
    }

    private final TokenService tokens;
    private final CurrentUser user;
    private final KeyedList<Long, Token> rows;
    private final EmptyState empty =
            new EmptyState("No tokens", "A token stands for you in git push, docker login and the REST API.");
    private final TextField name = new TextField("What is it for?");
    private final Select<Life> life = new Select<>();
    private final Div issued = new Div();

    TokensBox(TokenService tokens, CurrentUser user) {
        this.tokens = tokens;
        this.user = user;
        addClassName("section");
        Paragraph what = new Paragraph(
                "A token is used as the password of git push and docker login, and as the bearer token of the REST API. Any user name will do with it.");
        what.addClassName("quiet");
        name.setPlaceholder("laptop");
        name.setMaxLength(100);
        name.setManualValidation(true);
        life.setLabel("Holds for");
        life.setItems(Life.values());
        life.setItemLabelGenerator(Life::words);
        life.setValue(Life.YEAR);
        Button create = new Button("Create token", click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Div form = new Div(name, life, create);
        form.addClassName("inline-form");
        Div card = new Div(form, issued);
        card.addClassNames("card", "section");
        rows = new KeyedList<>(Token::id, token -> new TokenRow(token, this::revoke));
        rows.addClassName("rows");
        add(what, card, rows, empty);
        list();
    }

    private void create() {
        issued.removeAll();
        try {
            show(tokens.create(user.name(), name.getValue(), life.getValue().end()));
        } catch (Problem e) {
            name.setErrorMessage(e.sentence());
            name.setInvalid(true);
            name.focus();
        }
    }

    private void show(IssuedToken token) {
        name.setInvalid(false);
        issued.add(new Callout(Tone.GOOD, "Copy the token now: it is shown only this once", "")
                .with(new CopyField(token.secret(), "the token")));
        name.clear();
        list();
    }

    private void revoke(Token token) {
        tokens.revoke(user.name(), token.id());
        issued.removeAll();
        Notices.done("The token \"" + token.name() + "\" is refused from now on.");
        list();
    }

    private void list() {
        List<Token> all = tokens.list(user.name());
        rows.show(all);
        rows.setVisible(!all.isEmpty());
        empty.setVisible(all.isEmpty());
    }
}
