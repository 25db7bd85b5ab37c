package dev.slipway.platform.api;

import dev.slipway.platform.releases.Deploys;
import dev.slipway.platform.releases.ReleaseService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Automatic deploys, which a rollback pauses.
@Tag(name = "Releases")
@RestController
@RequestMapping("/api/v1/apps/{app}/deploys")
class DeployController {
    private final Deploys deploys;
    private final ReleaseService releases;

    DeployController(Deploys deploys, ReleaseService releases) {
        this.deploys = deploys;
        this.releases = releases;
    }

    /// `release`: also release the newest image, when it was built while deploys were paused. Usually not.
    record Resume(@Nullable Boolean release) {}

    /// `release` is null when none was asked for, or nothing was built meanwhile.
    record Resumed(@Nullable ReleaseItem release) {}

    @Operation(
            operationId = "resumeDeploys",
            summary = "Resume automatic deploys after a rollback; at wish release the newest image too")
    @PostMapping("/resume")
    Resumed resume(@PathVariable String app, @RequestBody(required = false) @Nullable Resume wish, Principal caller) {
        boolean release = wish != null && Boolean.TRUE.equals(wish.release());
        return new Resumed(deploys.resume(app, release, caller.getName())
                .map(made -> ReleaseItem.of(app, releases.find(app, made.number())))
                .orElse(null));
    }
}
