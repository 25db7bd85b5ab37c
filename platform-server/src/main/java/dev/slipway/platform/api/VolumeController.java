package dev.slipway.platform.api;

import dev.slipway.db.volumes.Volume;
import dev.slipway.platform.storage.VolumeService;
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

/// An app's volumes. They take effect at once and aren't rolled back.
@Tag(name = "Storage")
@RestController
@RequestMapping("/api/v1/apps/{app}/volumes")
class VolumeController {
    private final VolumeService volumes;
    private final JsonMapper json;

    VolumeController(VolumeService volumes, JsonMapper json) {
        this.volumes = volumes;
        this.json = json;
    }

    @Operation(
            operationId = "listVolumesOfApp",
            summary = "The volumes that the app mounts, then those that are kept of it, by name")
    @GetMapping
    Page<VolumeItem> list(@PathVariable String app) {
        return Page.whole(volumes.ofApp(app).stream().map(VolumeItem::of).toList());
    }

    @Operation(operationId = "addVolume", summary = "Give the app an empty volume; instances get it at once")
    @ApiResponse(
            responseCode = "201",
            useReturnTypeSchema = true,
            description = "Added; its address is in the header Location")
    @PostMapping
    ResponseEntity<VolumeItem> add(@PathVariable String app, @Valid @RequestBody NewVolume wish, Principal caller) {
        Volume added = volumes.add(app, wish.toDraft(), caller.getName());
        return ResponseEntity.created(URI.create("/api/v1/apps/" + app + "/volumes/" + added.name()))
                .body(VolumeItem.of(added));
    }

    @Operation(operationId = "getVolumeOfApp", summary = "A volume, with its size")
    @GetMapping("/{name}")
    VolumeItem find(@PathVariable String app, @PathVariable String name) {
        return VolumeItem.of(volumes.find(app, name));
    }

    @Operation(
            operationId = "changeVolume",
            summary = "Change where a volume is mounted (JSON merge patch); instances are replaced at once")
    @PatchMapping("/{name}")
    VolumeItem change(
            @PathVariable String app,
            @PathVariable String name,
            @Schema(implementation = VolumeOptions.class) @RequestBody ObjectNode patch,
            Principal caller) {
        ObjectNode present =
                json.valueToTree(VolumeOptions.of(volumes.find(app, name).mounting()));
        VolumeOptions merged = json.treeToValue(MergePatch.merge(present, patch), VolumeOptions.class);
        return VolumeItem.of(volumes.mount(app, name, merged.toDraft(name), caller.getName()));
    }

    @Operation(operationId = "detachVolume", summary = "Take a volume away from the app; its data are kept")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void detach(@PathVariable String app, @PathVariable String name, Principal caller) {
        volumes.detach(app, name, caller.getName());
    }
}
