package dev.slipway.platform.api;

import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.platform.apps.AppService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What happened to an app.
@Tag(name = "Apps")
@RestController
class EventController {
    private final AppService apps;

    EventController(AppService apps) {
        this.apps = apps;
    }

    /// `actor` is a user's name, or `slipway` for the platform itself.
    record EventView(long id, Instant at, EventKind kind, String actor, String message) {
        static EventView of(Event event) {
            return new EventView(event.id(), event.at(), event.kind(), event.actor(), event.message());
        }
    }

    @Operation(operationId = "listEvents", summary = "What happened to an app, newest first; 10,000 are kept")
    @GetMapping("/api/v1/apps/{app}/events")
    Page<EventView> list(
            @PathVariable String app, @RequestParam @Nullable Integer limit, @RequestParam @Nullable Long before) {
        Paging paging = new Paging(limit, before);
        return Page.of(apps.events(app, paging.before(), paging.oneMore()), paging, EventView::of, Event::id);
    }
}
