package dev.slipway.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/// The HTML page that all views live in.
@Push(transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("ui/slipway.css")
@StyleSheet("ui/views.css")
@StyleSheet("ui/build.css")
@StyleSheet("ui/logs.css")
@StyleSheet("ui/charts.css")
@StyleSheet("ui/commands.css")
@ColorScheme(ColorScheme.Value.LIGHT_DARK)
public class SlipwayPage implements AppShellConfigurator {
    private static final long serialVersionUID = 1;

    /// Before the first paint, so that a browser that chose dark never flashes white.
    private static final String CHOSEN_SCHEME = """
            try {
              const scheme = localStorage.getItem('slipway-scheme');
              if (scheme === 'light' || scheme === 'dark') {
                document.documentElement.style.colorScheme = scheme;
                document.documentElement.dataset.scheme = scheme;
              }
            } catch (e) { /* no storage: follow the system */ }
            """;

    /// After the log-in Spring Security leads back to the page that was wanted, with a mark that is of no use to
    /// people.
    private static final String CLEAN_ADDRESS =
            "if (location.search === '?continue') history.replaceState(history.state, '', location.pathname);";

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setViewport("width=device-width, initial-scale=1");
        settings.setPageTitle("Slipway");
        settings.addMetaTag("description", "Slipway: push to Git, it builds, runs and rolls back.");
        settings.addLink("icon", "ui/mark.svg");
        settings.addInlineWithContents(
                TargetElement.HEAD, Inline.Position.PREPEND, CHOSEN_SCHEME, Inline.Wrapping.JAVASCRIPT);
        settings.addInlineWithContents(
                TargetElement.HEAD, Inline.Position.PREPEND, CLEAN_ADDRESS, Inline.Wrapping.JAVASCRIPT);
        settings.addInlineFromFile(
                TargetElement.HEAD,
                Inline.Position.PREPEND,
                "META-INF/resources/ui/loading.js",
                Inline.Wrapping.JAVASCRIPT);
    }
}
