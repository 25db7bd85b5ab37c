package dev.slipway.platform.api;

import dev.slipway.platform.door.DoorService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whom an app lets in. It takes effect at once and isn't rolled back.
@Tag(name = "Access")
@RestController
@RequestMapping("/api/v1/apps/{app}/access")
class DoorController {
    private final DoorService doors;
    private final JsonMapper json;

    DoorController(DoorService doors, JsonMapper json) {
        this.doors = doors;
        this.json = json;
    }

    /// A visitor's new password; it never comes back.
    record DoorPassword(
            @NotNull(message = "password is missing: with which one do they come in?")
            String password) {
        @Override
        public String toString() {
            return "DoorPassword[***]";
        }
    }

    @Operation(operationId = "getAccess", summary = "Whom the app lets in, and how")
    @GetMapping
    DoorItem find(@PathVariable String app) {
        return DoorItem.of(doors.of(app));
    }

    @Operation(
            operationId = "changeAccess",
            summary = "Change maintenance, allowed addresses, limits or the access log (JSON merge patch), at once")
    @PatchMapping
    DoorItem change(
            @PathVariable String app,
            @Schema(implementation = DoorOptions.class) @RequestBody ObjectNode patch,
            Principal caller) {
        return DoorItem.of(doors.change(
                app,
                present -> json.treeToValue(
                                MergePatch.merge(json.valueToTree(DoorOptions.of(present)), patch), DoorOptions.class)
                        .toSettings(),
                caller.getName()));
    }

    @Operation(
            operationId = "inviteVisitor",
            summary = "Ask visitors for a password, and let this user in with it; or give them another one")
    @ApiResponse(responseCode = "204", description = "From now on it is asked for")
    @PutMapping("/users/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void invite(
            @PathVariable String app,
            @PathVariable String name,
            @Valid @RequestBody DoorPassword wish,
            Principal caller) {
        doors.invite(app, name, wish.password(), caller.getName());
    }

    @Operation(
            operationId = "uninviteVisitor",
            summary = "Don't let this user in any more; without the last one nobody is asked for a password")
    @DeleteMapping("/users/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void uninvite(@PathVariable String app, @PathVariable String name, Principal caller) {
        doors.uninvite(app, name, caller.getName());
    }
}
