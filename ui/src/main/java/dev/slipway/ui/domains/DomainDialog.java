package dev.slipway.ui.domains;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.DomainSettings;
import dev.slipway.platform.Problem;
import dev.slipway.platform.domains.DomainDraft;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Tone;

/// Adds a domain, or changes how one behaves.
final class DomainDialog extends Dialog {
    private static final long serialVersionUID = 1;

    private final Div problem = new Div();

    private DomainDialog(String title) {
        super(title);
        setWidth("min(560px, 100vw - 24px)");
    }

    static DomainDialog adding(String app, DomainParts parts) {
        DomainDialog dialog = new DomainDialog("Add a domain");
        TextField host = new TextField("Domain");
        host.setPlaceholder("shop.example.com");
        host.setHelperText("*.example.com is any name before example.com that has no domain of its own.");
        host.setAutofocus(true);
        TextField path = new TextField("Path");
        path.setPlaceholder("/");
        path.setHelperText("Only what begins with it. The longest path wins.");
        path.setValueChangeMode(ValueChangeMode.EAGER);
        DomainFields fields = new DomainFields(usual(parts), parts.domains().offersCertificates());
        path.addValueChangeListener(change -> fields.path(change.getValue().strip()));
        Div where = new Div(host, path);
        where.addClassName("fields");
        dialog.body(where, fields);
        dialog.buttons("Add domain", () -> {
            Domain added = parts.domains()
                    .add(
                            app,
                            new DomainDraft(host.getValue(), path.getValue(), fields.read()),
                            parts.user().name());
            Notices.done(added.address() + " was added.");
        });
        return dialog;
    }

    /// With certificates at hand, the best is on from the start.
    private static DomainSettings usual(DomainParts parts) {
        boolean offered = parts.domains().offersCertificates();
        return new DomainSettings(false, null, offered, java.time.Duration.ZERO, offered);
    }

    static DomainDialog editing(String app, Domain domain, DomainParts parts) {
        DomainDialog dialog = new DomainDialog(domain.address());
        DomainFields fields = new DomainFields(
                domain.settings(),
                parts.domains().offersCertificates() && !domain.host().wildcard());
        fields.path(domain.path().value());
        dialog.body(fields);
        dialog.buttons("Save", () -> {
            parts.domains().change(app, domain.id(), fields.read(), parts.user().name());
            Notices.done(domain.address() + " was changed.");
        });
        return dialog;
    }

    private void body(com.vaadin.flow.component.Component... content) {
        Div body = new Div(content);
        body.addClassName("section");
        body.add(problem);
        add(body);
    }

    /// What can't be is said in the dialog, which stays open.
    private void buttons(String done, Runnable save) {
        Button confirm = new Button(done, click -> {
            problem.removeAll();
            try {
                save.run();
                close();
            } catch (Problem e) {
                problem.add(new Callout(Tone.BAD, e.sentence(), ""));
            }
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), confirm);
    }
}
