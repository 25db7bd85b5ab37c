package dev.slipway.platform.api;

import dev.slipway.platform.commands.RunService;
import dev.slipway.platform.commands.RunView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Commands in what is live of an app, each in a container of its own.
@Tag(name = "Commands")
@RestController
@RequestMapping("/api/v1/apps/{app}/runs")
class RunController {
    private final RunService runs;

    RunController(RunService runs) {
        this.runs = runs;
    }

    @Operation(operationId = "listRuns", summary = "Commands that ran or run, newest first, also those of schedules")
    @GetMapping
    Page<RunItem> list(
            @PathVariable String app,
            @Schema(description = "Only those of this schedule, by its id") @RequestParam @Nullable Long schedule,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Long before) {
        Paging paging = new Paging(limit, before);
        return Page.of(
                runs.list(app, schedule, paging.before(), paging.oneMore()),
                paging,
                view -> RunItem.of(app, view),
                view -> view.run().id());
    }

    @Operation(
            operationId = "run",
            summary = "Run a command once, in a container of its own with the live release's image, config and limits")
    @ApiResponse(
            responseCode = "202",
            useReturnTypeSchema = true,
            description = "It is queued; done when it is SUCCEEDED, FAILED or CANCELLED")
    @PostMapping
    ResponseEntity<RunItem> run(@PathVariable String app, @Valid @RequestBody NewRun wish, Principal caller) {
        RunView made = runs.run(app, wish.toDraft(), caller.getName());
        return ResponseEntity.accepted()
                .location(
                        URI.create("/api/v1/apps/" + app + "/runs/" + made.run().id()))
                .body(RunItem.of(app, made));
    }

    @Operation(operationId = "getRun", summary = "A command that runs or ran; a release command too")
    @GetMapping("/{id}")
    RunItem find(@PathVariable String app, @PathVariable long id) {
        return RunItem.of(app, runs.find(app, id));
    }

    @Operation(
            operationId = "cancelRun",
            summary = "Ask a command to end; it is killed after 10 s. A release command's release fails then")
    @PostMapping("/{id}/cancel")
    RunItem cancel(@PathVariable String app, @PathVariable long id, Principal caller) {
        return RunItem.of(app, runs.cancel(app, id, caller.getName()));
    }

    @Operation(
            operationId = "getRunOutput",
            summary = "What a command wrote last, also while it runs; values of variables are masked")
    @ApiResponse(
            responseCode = "200",
            description = "Standard output and error, the last 64 KiB of them; whole lines while it runs",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @GetMapping("/{id}/output")
    void output(@PathVariable String app, @PathVariable long id, HttpServletResponse response) throws IOException {
        String output = runs.output(app, id);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write(output.getBytes(StandardCharsets.UTF_8));
    }
}
