package dev.slipway.platform.api;

import dev.slipway.db.source.Delivery;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.apps.WatchedApps;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Watched repositories and their webhooks.
@Tag(name = "Watched repositories")
@RestController
@RequestMapping("/api/v1/apps/{app}")
class SourceController {
    private final AppService apps;
    private final WatchedApps watched;
    private final Addresses addresses;

    SourceController(AppService apps, WatchedApps watched, Addresses addresses) {
        this.apps = apps;
        this.watched = watched;
        this.addresses = addresses;
    }

    /// What to enter at the Git host: address and secret, content type `application/json`, event `push`.
    record Webhook(String url, String secret) {
        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    /// One call of the webhook: the HTTP status it was answered with, and why.
    record DeliveryView(String id, String event, int status, String message, Instant receivedAt) {
        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.deliveryId(),
                    delivery.event(),
                    delivery.status(),
                    delivery.message(),
                    delivery.receivedAt());
        }
    }

    /// Has the repository fetched at once; the result is in the app's `fetchedAt` and `fetchError`.
    @Operation(operationId = "fetchApp", summary = "Fetch the repository now")
    @PostMapping("/fetch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void fetch(@PathVariable String app) {
        watched.fetchNow(app);
    }

    @Operation(operationId = "getWebhook", summary = "What to enter at the Git host as its webhook")
    @GetMapping("/webhook")
    Webhook webhook(@PathVariable String app) {
        return new Webhook(addresses.hook(apps.find(app).name()), apps.webhookSecret(app));
    }

    /// Makes a new secret; calls signed with the old one are refused from now on.
    @Operation(operationId = "renewWebhook", summary = "Make a new webhook secret; the old one is refused from now on")
    @PostMapping("/webhook/renew")
    Webhook renew(@PathVariable String app, Principal caller) {
        return new Webhook(addresses.hook(apps.find(app).name()), apps.renewWebhookSecret(app, caller.getName()));
    }

    /// The newest ones; only the last 200 are kept.
    @Operation(operationId = "listDeliveries", summary = "The newest webhook calls")
    @GetMapping("/deliveries")
    Page<DeliveryView> deliveries(@PathVariable String app, @RequestParam @Nullable Integer limit) {
        return Page.whole(watched.deliveries(app, new Paging(limit, null).limit()).stream()
                .map(DeliveryView::of)
                .toList());
    }
}
