package dev.slipway.platform.api;

import dev.slipway.db.apps.App;
import dev.slipway.db.releases.Processes;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppDraft;
import dev.slipway.platform.apps.AppOverview;
import dev.slipway.platform.apps.AppService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Apps.
@Tag(name = "Apps")
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

    /// How many instances are wanted. Without a `process` type: of web.
    record Scale(
            @Nullable Integer count,
            @Nullable String process,
            @Nullable Integer idleMinutes) {}

    @Operation(operationId = "listApps", summary = "All apps, by name")
    @GetMapping
    Page<AppView> list() {
        return Page.whole(overview.all().stream()
                .map(summary -> AppView.of(summary, addresses))
                .toList());
    }

    @Operation(operationId = "createApp", summary = "Make an app")
    @ApiResponse(
            responseCode = "201",
            useReturnTypeSchema = true,
            description = "Made; its address is in the header Location")
    @PostMapping
    ResponseEntity<AppView> create(@Valid @RequestBody NewApp wish, Principal caller) {
        App created = apps.create(wish.toDraft(), caller.getName());
        return ResponseEntity.created(URI.create("/api/v1/apps/" + created.name()))
                .body(view(created));
    }

    @Operation(operationId = "getApp", summary = "An app with its settings and what is live")
    @GetMapping("/{app}")
    AppView find(@PathVariable String app) {
        return view(apps.find(app));
    }

    /// A merge patch (RFC 7396) of the settings: what isn't mentioned stays, null goes back to the default.
    @Operation(
            operationId = "changeApp",
            summary = "Change settings (JSON merge patch); they take effect with the next build")
    @PatchMapping("/{app}")
    AppView change(
            @PathVariable String app,
            @Schema(implementation = AppSettings.class) @RequestBody ObjectNode patch,
            Principal caller) {
        return view(apps.update(app, now -> merged(now, patch), caller.getName()));
    }

    private AppDraft merged(App now, ObjectNode patch) {
        ObjectNode settings = json.valueToTree(AppSettings.of(now));
        return json.treeToValue(MergePatch.merge(settings, patch), AppSettings.class)
                .toDraft(now.name().value());
    }

    @Operation(operationId = "deleteApp", summary = "Delete an app: its instances stop and its address answers no more")
    @DeleteMapping("/{app}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String app, Principal caller) {
        apps.delete(app, caller.getName());
    }

    @Operation(
            operationId = "scaleApp",
            summary =
                    "Set how many instances of a process type run, or after how many idle minutes web sleeps (0: never)")
    @PutMapping("/{app}/instances")
    AppView scale(@PathVariable String app, @RequestBody Scale wish, Principal caller) {
        if (wish.count() == null && wish.idleMinutes() == null) {
            throw Problem.invalid("count is missing: how many instances?");
        }
        if (wish.count() != null) {
            String type = wish.process() == null ? Processes.WEB : wish.process();
            apps.scale(app, type, wish.count(), caller.getName());
        }
        if (wish.idleMinutes() != null) {
            apps.sleepAfter(app, wish.idleMinutes(), caller.getName());
        }
        return view(apps.find(app));
    }

    private AppView view(App app) {
        return AppView.of(overview.summary(app), addresses);
    }
}
