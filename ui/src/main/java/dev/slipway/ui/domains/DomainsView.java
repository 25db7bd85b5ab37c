package dev.slipway.ui.domains;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.parts.AppTab;

/// An app's own domains and their certificates.
@Route(value = "apps/:app/domains", layout = AppPage.class)
public class DomainsView extends AppTab {
    private static final long serialVersionUID = 1;

    private final DomainParts parts;

    public DomainsView(DomainParts parts) {
        super("Domains");
        this.parts = parts;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        Div page = new Div(new DomainList(app, parts), new CertificateList(app, parts));
        page.addClassName("page");
        return page;
    }
}
