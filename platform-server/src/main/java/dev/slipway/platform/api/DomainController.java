package dev.slipway.platform.api;

import dev.slipway.db.domains.Domain;
import dev.slipway.platform.domains.DomainService;
import dev.slipway.platform.domains.DomainViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An app's own domains. They take effect at once and aren't rolled back.
@Tag(name = "Domains")
@RestController
@RequestMapping("/api/v1/apps/{app}/domains")
class DomainController {
    private final DomainService domains;
    private final DomainViews views;
    private final JsonMapper json;

    DomainController(DomainService domains, DomainViews views, JsonMapper json) {
        this.domains = domains;
        this.views = views;
        this.json = json;
    }

    @Operation(
            operationId = "listDomains",
            summary = "The app's own domains with where DNS says they lead, by host, the longest path first")
    @GetMapping
    Page<DomainItem> list(@PathVariable String app) {
        return Page.whole(views.ofApp(app).stream().map(DomainItem::of).toList());
    }

    @Operation(operationId = "addDomain", summary = "Give the app a domain; it leads there at once")
    @ApiResponse(
            responseCode = "201",
            useReturnTypeSchema = true,
            description = "Added; its address is in the header Location")
    @PostMapping
    ResponseEntity<DomainItem> add(@PathVariable String app, @Valid @RequestBody NewDomain wish, Principal caller) {
        Domain added = domains.add(app, wish.toDraft(), caller.getName());
        return ResponseEntity.created(URI.create("/api/v1/apps/" + app + "/domains/" + added.id()))
                .body(DomainItem.of(views.of(added)));
    }

    @Operation(operationId = "getDomain", summary = "A domain, with where DNS says it leads")
    @GetMapping("/{id}")
    DomainItem find(@PathVariable String app, @PathVariable long id) {
        return DomainItem.of(views.of(domains.find(app, id)));
    }

    @Operation(operationId = "changeDomain", summary = "Change how a domain behaves (JSON merge patch), at once")
    @PatchMapping("/{id}")
    DomainItem change(
            @PathVariable String app,
            @PathVariable long id,
            @Schema(implementation = DomainOptions.class) @RequestBody ObjectNode patch,
            Principal caller) {
        ObjectNode present =
                json.valueToTree(DomainOptions.of(domains.find(app, id).settings()));
        DomainOptions merged = json.treeToValue(MergePatch.merge(present, patch), DomainOptions.class);
        return DomainItem.of(views.of(domains.change(app, id, merged.toSettings(), caller.getName())));
    }

    @Operation(operationId = "removeDomain", summary = "Take a domain away; it leads nowhere at once")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String app, @PathVariable long id, Principal caller) {
        domains.remove(app, id, caller.getName());
    }
}
