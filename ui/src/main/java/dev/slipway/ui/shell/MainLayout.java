package dev.slipway.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.HighlightConditions;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.account.AccountView;
import dev.slipway.ui.apps.AppsView;
import dev.slipway.ui.parts.Mark;
import dev.slipway.ui.storage.VolumesView;
import dev.slipway.ui.system.QueueView;
import java.util.Set;

/// The header with its navigation, and the view below.
public class MainLayout extends Div implements RouterLayout {
    private static final long serialVersionUID = 1;

    /// What the addresses of pages about apps begin with.
    private static final Set<String> APPS = Set.of("", "apps", "new");

    private final Main main = new Main();

    public MainLayout(CurrentUser user) {
        addClassName("shell");
        main.setId("content");
        main.addClassName("content");
        Anchor skip = new Anchor("#content", "Skip to content");
        skip.addClassName("skip");
        skip.getElement().setAttribute("router-ignore", true);
        add(skip, header(user), main);
    }

    private static Header header(CurrentUser user) {
        RouterLink brand = new RouterLink(AppsView.class);
        brand.addClassName("brand");
        brand.add(new Mark(), new Span("Slipway"));
        brand.getElement().setAttribute("aria-label", "Slipway, to the list of apps");
        Nav nav = new Nav(
                link("Apps", AppsView.class), link("Queue", QueueView.class), link("Storage", VolumesView.class));
        nav.setAriaLabel("Main");
        RouterLink account = link(user.name(), AccountView.class);
        account.getElement().setAttribute("title", "Account and tokens");
        Button logOut = new Button("Log out", click -> user.logOut());
        logOut.addThemeVariants(ButtonVariant.TERTIARY);
        Div right = new Div(new SchemeToggle(), account, logOut);
        right.addClassName("header-right");
        Header header = new Header(brand, nav, right);
        header.addClassName("header");
        return header;
    }

    private static RouterLink link(String text, Class<? extends Component> view) {
        RouterLink link = new RouterLink(text, view);
        link.addClassName("nav-link");
        link.setHighlightCondition(
                view == AppsView.class ? MainLayout::isAboutApps : HighlightConditions.locationPrefix());
        return link;
    }

    private static boolean isAboutApps(RouterLink link, AfterNavigationEvent event) {
        return APPS.contains(event.getLocation().getFirstSegment());
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        main.getElement().appendChild(content.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement oldContent) {
        main.getElement().removeAllChildren();
    }
}
