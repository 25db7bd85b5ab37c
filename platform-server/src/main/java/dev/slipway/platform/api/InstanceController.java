package dev.slipway.platform.api;

import dev.slipway.db.instances.Instance;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.platform.runtime.InstanceLogs;
import dev.slipway.platform.runtime.LogSelection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An app's instances.
@Tag(name = "Instances")
@RestController
@RequestMapping("/api/v1/apps/{app}/instances")
class InstanceController {
    private static final int MOST = 200;
    private static final int MOST_LINES = 10_000;

    private final ReleaseService releases;
    private final AppService apps;
    private final InstanceLogs logs;

    InstanceController(ReleaseService releases, AppService apps, InstanceLogs logs) {
        this.apps = apps;
        this.releases = releases;
        this.logs = logs;
    }

    /// One running copy of a release, or one that ended. `reason` is a code, `message` the sentence. `failures` and
    /// `restartAt` are there when it died while its release was live: so often in a row, and when the instance that
    /// takes its place is started.
    record InstanceView(
            String id,
            String process,
            Instance.State state,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Integer port,
            Instant createdAt,
            @Nullable Instant healthyAt,
            @Nullable Instant stoppedAt,
            @Nullable Integer failures,
            @Nullable Instant restartAt) {
        static InstanceView of(Instance instance) {
            Instance.Restart restart = instance.restart();
            return new InstanceView(
                    instance.id(),
                    instance.process(),
                    instance.state(),
                    instance.reason(),
                    instance.message(),
                    instance.port(),
                    instance.createdAt(),
                    instance.healthyAt(),
                    instance.stoppedAt(),
                    restart == null ? null : restart.failures(),
                    restart == null ? null : restart.at());
        }
    }

    /// Those that run, and the newest that ended.
    @Operation(operationId = "listInstances", summary = "Instances that run, and the newest that ended")
    @GetMapping
    Page<InstanceView> list(@PathVariable String app, @RequestParam @Nullable Integer limit) {
        return Page.whole(releases.instances(app, new Paging(limit, null).limit()).stream()
                .map(InstanceView::of)
                .toList());
    }

    /// What the instance wrote last to its standard output and error, as plain text.
    @Operation(operationId = "getInstanceLogs", summary = "What an instance wrote last")
    @ApiResponse(
            responseCode = "200",
            description = "Lines of standard output and error",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @GetMapping("/{id}/logs")
    void logs(
            @PathVariable String app,
            @PathVariable String id,
            @RequestParam(defaultValue = "200") int lines,
            HttpServletResponse response)
            throws IOException {
        if (lines < 1 || lines > MOST_LINES) {
            throw Problem.invalid("lines must be between 1 and " + MOST_LINES + ".");
        }
        boolean known = releases.instances(app, MOST).stream()
                .anyMatch(instance -> instance.id().equals(id));
        if (!known) {
            throw Problem.notFound("App \"" + app + "\" has no such instance.");
        }
        try (InputStream text = logs.plain(apps.find(app).id(), LogSelection.of(id, lines))) {
            response.setContentType("text/plain;charset=UTF-8");
            text.transferTo(response.getOutputStream());
        }
    }
}
