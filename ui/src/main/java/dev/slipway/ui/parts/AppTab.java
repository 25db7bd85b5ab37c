package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.RouteParameters;

/// One of the pages of an app. The router keeps the object when only the parameters change; its content is then
/// made anew.
public abstract class AppTab extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1;

    /// The route parameter with the app's name.
    public static final String APP = "app";

    private final String word;
    private String title = "";

    /// @param word what the page shows, for the browser's title; empty for the app itself
    protected AppTab(String word) {
        this.word = word;
        addClassName("page");
    }

    /// Makes the page of an app.
    ///
    /// @throws dev.slipway.platform.Problem NOT_FOUND when there is none
    protected abstract Component content(String app, BeforeEnterEvent event);

    /// What the page shows, where that depends on the address.
    protected String word(BeforeEnterEvent event) {
        return word;
    }

    public static String appOf(BeforeEnterEvent event) {
        return event.getRouteParameters().get(APP).orElseThrow();
    }

    /// Of the pages of an app.
    public static RouteParameters parameters(String app) {
        return new RouteParameters(APP, app);
    }

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        String app = appOf(event);
        String shown = word(event);
        title = (shown.isEmpty() ? "" : shown + " · ") + app + " · Slipway";
        removeAll();
        add(content(app, event));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
