package dev.slipway.platform.api;

import dev.slipway.platform.storage.VolumeService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// All volumes, those too that are kept of deleted apps.
@Tag(name = "Storage")
@RestController
@RequestMapping("/api/v1/volumes")
class StorageController {
    private final VolumeService volumes;

    StorageController(VolumeService volumes) {
        this.volumes = volumes;
    }

    @Operation(operationId = "listVolumes", summary = "All volumes by app and name, those of deleted apps too")
    @GetMapping
    Page<VolumeItem> list() {
        return Page.whole(volumes.all().stream().map(VolumeItem::of).toList());
    }

    @Operation(operationId = "attachVolume", summary = "Give a volume that is kept to an app, with its data")
    @PostMapping("/{id}/attach")
    VolumeItem attach(@PathVariable long id, @Valid @RequestBody AttachedVolume wish, Principal caller) {
        return VolumeItem.of(volumes.attach(wish.app(), id, wish.toDraft(volumes.find(id)), caller.getName()));
    }

    @Operation(operationId = "deleteVolume", summary = "Delete a volume that is kept with all its data, for good")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable long id,
            @Parameter(description = "The volume's name, so that nobody deletes another one by mistake") @RequestParam
                    String name,
            Principal caller) {
        volumes.delete(id, name, caller.getName());
    }
}
