package dev.slipway.platform.api;

import dev.slipway.db.apps.App;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.apps.AppOverview;
import dev.slipway.platform.apps.AppService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Apps.
@RestController
@RequestMapping("/api/v1/apps")
class AppController {
    private final AppService apps;
    private final AppOverview overview;
    private final Addresses addresses;
    private final JsonMapper json;

    AppController(AppService apps, AppOverview overview, Addresses addresses, JsonMapper json) {
        this.apps = apps;
        this.overview = overview;
        this.addresses = addresses;
        this.json = json;
    }

    /// How many instances are wanted.
    record Scale(@NotNull(message = "count is missing: how many instances?") Integer count) {}

    @GetMapping
    Page<AppView> list() {
        return Page.whole(overview.all().stream().map(summary -> AppView.of(summary, addresses)).toList());
    }

    @PostMapping
    ResponseEntity<AppView> create(@Valid @RequestBody NewApp wish, Principal caller) {
        App created = apps.create(wish.toDraft(), caller.getName());
        return ResponseEntity.created(URI.create("/api/v1/apps/" + created.name())).body(view(created));
    }

    @GetMapping("/{app}")
    AppView find(@PathVariable String app) {
        return view(apps.find(app));
    }

    /// A merge patch (RFC 7396) of the settings: what isn't mentioned stays, null goes back to the default.
    @PatchMapping("/{app}")
    AppView change(@PathVariable String app, @RequestBody ObjectNode patch, Principal caller) {
        ObjectNode settings = json.valueToTree(AppSettings.of(apps.find(app)));
        AppSettings merged = json.treeToValue(merge(settings, patch), AppSettings.class);
        return view(apps.update(app, merged.toDraft(app), caller.getName()));
    }

    @DeleteMapping("/{app}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String app, Principal caller) {
        apps.delete(app, caller.getName());
    }

    @PutMapping("/{app}/instances")
    AppView scale(@PathVariable String app, @Valid @RequestBody Scale wish, Principal caller) {
        return view(apps.scale(app, wish.count(), caller.getName()));
    }

    private AppView view(App app) {
        return AppView.of(overview.summary(app), addresses);
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            JsonNode value = change.getValue();
            if (value instanceof ObjectNode inner) {
                ObjectNode old = target.get(change.getKey()) instanceof ObjectNode present ? present : target.objectNode();
                target.set(change.getKey(), merge(old, inner));
            } else {
                target.set(change.getKey(), value);
            }
        });
        return target;
    }
}
