package dev.slipway.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.ui.apps.AppsView;

/// A page instead of the one that was wanted: what is wrong, and where to go.
abstract class ErrorPage extends Div implements HasDynamicTitle {
    private static final long serialVersionUID = 1;

    private String title = "";

    void show(String heading, String sentence) {
        title = heading;
        removeAll();
        addClassName("empty");
        RouterLink home = new RouterLink("To the list of apps", AppsView.class);
        home.addClassName("empty-link");
        add(new H1(heading), new Paragraph(sentence), home);
    }

    @Override
    public String getPageTitle() {
        return title + " · Slipway";
    }
}
