package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.db.source.Delivery;
import dev.slipway.platform.Problem;
import dev.slipway.ui.parts.AppTab;
import dev.slipway.ui.parts.EmptyState;
import dev.slipway.ui.parts.PagedList;

/// A watched repository: when it was looked at, its webhook and the webhook's calls.
@Route(value = "apps/:app/repository", layout = AppPage.class)
public class RepositoryView extends AppTab {
    private static final long serialVersionUID = 1;

    private final PushGuides parts;

    public RepositoryView(PushGuides parts) {
        super("Repository");
        this.parts = parts;
    }

    @Override
    protected Component content(String name, BeforeEnterEvent event) {
        App app = parts.apps().find(name);
        return switch (app.source()) {
            case Source.Hosted hosted ->
                throw Problem.notFound(
                        "App \"" + name + "\" is pushed to, so there is no other repository to look at.");
            case Source.Watched watched -> {
                EmptyState empty = new EmptyState(
                        "No calls yet", "Every call of the webhook is listed here, with the answer it got.");
                PagedList<Long, Delivery> calls = new PagedList<Long, Delivery>(
                                "Webhook calls", Delivery::id, DeliveryRow::new, empty)
                        .live(
                                parts.live(),
                                ring -> switch (ring.topic()) {
                                    case APP, QUEUE -> true;
                                    case ANY, BUILD, LOG, RELEASE, INSTANCE, WORKER -> false;
                                },
                                limit -> parts.watched().deliveries(name, limit));
                Div page = new Div(
                        section("Repository", new FetchState(app, watched, parts)),
                        section("Webhook", new WebhookBox(app, parts)),
                        section("Calls", calls));
                page.addClassName("page");
                yield page;
            }
        };
    }

    private static Section section(String title, Component content) {
        Section section = new Section(new H2(title), content);
        section.addClassName("section");
        return section;
    }
}
