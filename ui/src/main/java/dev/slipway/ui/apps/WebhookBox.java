package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.slipway.db.apps.App;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.Facts;
import dev.slipway.ui.parts.Notices;

/// What to enter at the Git host so that pushes there are built at once.
final class WebhookBox extends Div {
    private static final long serialVersionUID = 1;

    private final String app;
    private final PushGuides parts;
    private final Div secret = new Div();

    WebhookBox(App app, PushGuides parts) {
        this.app = app.name().value();
        this.parts = parts;
        addClassNames("card", "section");
        Paragraph what = new Paragraph(
                "With a webhook, a push to the repository is built at once instead of at the next look. "
                        + "At GitHub, GitLab, Gitea, Forgejo or Bitbucket Cloud, add a webhook for push events with this address "
                        + "and secret (GitLab calls it secret token), and JSON as its content type where that is asked.");
        Facts facts = new Facts()
                .with("Address", new CopyField(parts.addresses().hook(app.name()), "the webhook's address"))
                .with("Secret", secret)
                .with("Content type", "application/json");
        Button show = new Button("Show the secret", click -> show(parts.apps().webhookSecret(this.app)));
        Button renew = new Button("New secret", click -> askToRenew());
        renew.addThemeVariants(ButtonVariant.TERTIARY);
        secret.add(show, renew);
        add(what, facts);
    }

    private void show(String value) {
        secret.removeAll();
        Button renew = new Button("New secret", click -> askToRenew());
        renew.addThemeVariants(ButtonVariant.TERTIARY);
        secret.add(new CopyField(value, "the webhook's secret"), renew);
    }

    private void askToRenew() {
        ConfirmDialog ask = new ConfirmDialog(
                "Make a new secret?",
                "Calls with the present secret are refused from then on, until you enter the new one at your Git host.",
                "Make a new secret",
                confirmed -> {
                    show(parts.apps().renewWebhookSecret(app, parts.user().name()));
                    Notices.done("The webhook has a new secret.");
                },
                "Cancel",
                cancelled -> {
                    // nothing to do
                });
        ask.open();
    }
}
