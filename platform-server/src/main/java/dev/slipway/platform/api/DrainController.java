package dev.slipway.platform.api;

import dev.slipway.db.drains.Drain;
import dev.slipway.platform.drains.DrainService;
import dev.slipway.platform.drains.DrainView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where an app's log is sent besides being kept.
@Tag(name = "Logs")
@RestController
@RequestMapping("/api/v1/apps/{app}/drains")
class DrainController {
    private final DrainService drains;

    DrainController(DrainService drains) {
        this.drains = drains;
    }

    @Operation(operationId = "listDrains", summary = "Where the app's log is sent, and how that goes")
    @GetMapping
    Page<DrainItem> list(@PathVariable String app) {
        return Page.whole(drains.ofApp(app).stream().map(DrainItem::of).toList());
    }

    @Operation(operationId = "addDrain", summary = "Send the app's log there, from now on")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true, description = "Added")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DrainItem add(@PathVariable String app, @Valid @RequestBody NewDrain wish, Principal caller) {
        Drain added = drains.add(app, wish.toDraft(), caller.getName());
        return DrainItem.of(new DrainView(added, null));
    }

    @Operation(operationId = "testDrain", summary = "Send a test line; what came of it is in the drain's health")
    @ApiResponse(responseCode = "202", description = "It is sent in a moment")
    @PostMapping("/{id}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void test(@PathVariable String app, @PathVariable long id) {
        drains.test(app, id);
    }

    @Operation(operationId = "removeDrain", summary = "Send nothing there any more")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String app, @PathVariable long id, Principal caller) {
        drains.remove(app, id, caller.getName());
    }
}
