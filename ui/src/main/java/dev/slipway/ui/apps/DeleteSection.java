package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.slipway.db.apps.App;
import dev.slipway.platform.apps.AppService;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.parts.Notices;

/// The end of an app, after its name was typed.
final class DeleteSection extends Section {
    private static final long serialVersionUID = 1;

    private final String name;
    private final AppService apps;
    private final CurrentUser user;

    DeleteSection(App app, AppService apps, CurrentUser user) {
        this.name = app.name().value();
        this.apps = apps;
        this.user = user;
        addClassName("section");
        Paragraph what = new Paragraph(
                "Stops all instances and frees the name and the address. Its builds and releases can't be seen any more. Its volumes are kept, on the page Storage.");
        Button delete = new Button("Delete app …", click -> ask());
        delete.addThemeVariants(ButtonVariant.ERROR);
        Div card = new Div(what, new Div(delete));
        card.addClassNames("card", "section");
        add(new H2("Delete"), card);
    }

    private void ask() {
        Dialog dialog = new Dialog("Delete " + name + "?");
        dialog.setWidth("min(460px, 100vw - 24px)");
        TextField typed = new TextField("Type the app's name to confirm");
        typed.setPlaceholder(name);
        typed.setAutofocus(true);
        typed.setWidthFull();
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        Button confirm = new Button("Delete " + name);
        confirm.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        confirm.setEnabled(false);
        typed.addValueChangeListener(
                change -> confirm.setEnabled(change.getValue().strip().equals(name)));
        confirm.addClickListener(click -> {
            dialog.close();
            apps.delete(name, user.name());
            Notices.done(name + " was deleted.");
            getUI().ifPresent(ui -> ui.navigate(AppsView.class));
        });
        Div body = new Div(new Paragraph("Visitors get an error page from now on. This can't be undone."), typed);
        body.addClassName("section");
        dialog.add(body);
        dialog.getFooter().add(new Button("Keep it", click -> dialog.close()), confirm);
        dialog.open();
    }
}
