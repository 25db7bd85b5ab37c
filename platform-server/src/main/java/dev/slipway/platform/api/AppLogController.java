package dev.slipway.platform.api;

import dev.slipway.platform.apps.AppService;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/// What an app's instances write, of those that live and those that are gone. The runtime tier keeps it; its
/// answers are passed on as they are.
@Tag(name = "Logs")
@RestController
@RequestMapping("/api/v1/apps/{app}/logs")
class AppLogController {
    private final AppService apps;
    private final InstanceLogs logs;
    private final LogStreams streams;

    AppLogController(AppService apps, InstanceLogs logs, LogStreams streams) {
        this.apps = apps;
        this.logs = logs;
        this.streams = streams;
    }

    /// One line. `release` is 0 when it isn't known; text has no control characters but tabs and colours.
    record AppLogLine(String id, Instant at, Stream stream, int release, String instance, String text) {
        /// Where it was written; ACCESS: a request, as the front door answered it; PLATFORM: the platform says what is
        /// missing.
        enum Stream {
            STDOUT,
            STDERR,
            ACCESS,
            PLATFORM
        }
    }

    /// Lines, oldest first. `more`: there are others before them, or behind them when `after` was given.
    record AppLogPage(List<AppLogLine> lines, boolean more) {}

    @Operation(
            operationId = "getAppLogs",
            summary = "What the app's instances wrote: the newest lines, or those that are asked for")
    @ApiResponse(
            responseCode = "200",
            description = "Lines, 500 unless tail says otherwise",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AppLogPage.class)))
    @GetMapping
    void page(@PathVariable String app, LogSelection selection, HttpServletResponse response) throws IOException {
        try (InputStream page = logs.page(apps.find(app).id(), selection)) {
            response.setContentType("application/json");
            page.transferTo(response.getOutputStream());
        }
    }

    /// Each event is called `lines`; its data has `lines`, `skipped` (how many there were before them that came
    /// too fast) and `gap` (some before them weren't counted). Its id leads on after a lost connection.
    @Operation(operationId = "streamAppLogs", summary = "The newest lines, then those that come, as server-sent events")
    @ApiResponse(
            responseCode = "200",
            description = "Events named lines, with an id for Last-Event-ID",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<ResponseBodyEmitter> stream(
            @PathVariable String app,
            LogSelection selection,
            HttpMethod method,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        if (method == HttpMethod.HEAD) {
            // nobody would read what comes
            apps.find(app);
            return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
        }
        ResponseBodyEmitter emitter = streams.watch(apps.find(app).id(), selection.after(last));
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("X-Accel-Buffering", "no")
                .body(emitter);
    }

    @Operation(operationId = "downloadAppLogs", summary = "All lines that are kept, or those asked for, as text")
    @ApiResponse(
            responseCode = "200",
            description = "A line each: time, instance, stream, text",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @GetMapping("/download")
    void download(@PathVariable String app, LogSelection selection, HttpServletResponse response) throws IOException {
        try (InputStream lines = logs.full(apps.find(app).id(), selection)) {
            response.setContentType("text/plain;charset=UTF-8");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + app + ".log\"");
            lines.transferTo(response.getOutputStream());
        }
    }
}
