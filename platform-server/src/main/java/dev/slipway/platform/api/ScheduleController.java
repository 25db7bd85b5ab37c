package dev.slipway.platform.api;

import dev.slipway.platform.commands.RunView;
import dev.slipway.platform.commands.ScheduleService;
import dev.slipway.platform.commands.ScheduleView;
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

/// Commands that run again and again. They are the app's and aren't rolled back.
@Tag(name = "Commands")
@RestController
@RequestMapping("/api/v1/apps/{app}/schedules")
class ScheduleController {
    private final ScheduleService schedules;
    private final JsonMapper json;

    ScheduleController(ScheduleService schedules, JsonMapper json) {
        this.schedules = schedules;
        this.json = json;
    }

    @Operation(operationId = "listSchedules", summary = "The app's schedules, by name")
    @GetMapping
    Page<ScheduleItem> list(@PathVariable String app) {
        return Page.whole(schedules.list(app).stream()
                .map(view -> ScheduleItem.of(app, view))
                .toList());
    }

    @Operation(
            operationId = "addSchedule",
            summary = "Run a command again and again in what is live then, at cron's times in a time zone")
    @ApiResponse(
            responseCode = "201",
            useReturnTypeSchema = true,
            description = "Added; its address is in the header Location")
    @PostMapping
    ResponseEntity<ScheduleItem> add(
            @PathVariable String app, @Valid @RequestBody ScheduleOptions wish, Principal caller) {
        ScheduleView added = schedules.create(app, wish.toDraft(), caller.getName());
        return ResponseEntity.created(URI.create(
                        "/api/v1/apps/" + app + "/schedules/" + added.schedule().id()))
                .body(ScheduleItem.of(app, added));
    }

    @Operation(operationId = "getSchedule", summary = "A schedule, with when it is due next")
    @GetMapping("/{id}")
    ScheduleItem find(@PathVariable String app, @PathVariable long id) {
        return ScheduleItem.of(app, schedules.find(app, id));
    }

    @Operation(operationId = "changeSchedule", summary = "Change a schedule (JSON merge patch), at once")
    @PatchMapping("/{id}")
    ScheduleItem change(
            @PathVariable String app,
            @PathVariable long id,
            @Schema(implementation = ScheduleOptions.class) @RequestBody ObjectNode patch,
            Principal caller) {
        ObjectNode present = json.valueToTree(
                ScheduleOptions.of(schedules.find(app, id).schedule().settings()));
        ScheduleOptions merged = json.treeToValue(MergePatch.merge(present, patch), ScheduleOptions.class);
        return ScheduleItem.of(app, schedules.change(app, id, merged.toDraft(), caller.getName()));
    }

    @Operation(operationId = "removeSchedule", summary = "Take a schedule away; what of it runs goes on")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String app, @PathVariable long id, Principal caller) {
        schedules.remove(app, id, caller.getName());
    }

    @Operation(operationId = "pauseSchedule", summary = "Pause a schedule: it isn't due until it is resumed")
    @PostMapping("/{id}/pause")
    ScheduleItem pause(@PathVariable String app, @PathVariable long id, Principal caller) {
        return ScheduleItem.of(app, schedules.pause(app, id, true, caller.getName()));
    }

    @Operation(operationId = "resumeSchedule", summary = "Resume a schedule; what it missed isn't made up for")
    @PostMapping("/{id}/resume")
    ScheduleItem resume(@PathVariable String app, @PathVariable long id, Principal caller) {
        return ScheduleItem.of(app, schedules.pause(app, id, false, caller.getName()));
    }

    @Operation(operationId = "runSchedule", summary = "Run a schedule's command now; its rule for overlaps holds")
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true, description = "It is queued")
    @PostMapping("/{id}/run")
    ResponseEntity<RunItem> run(@PathVariable String app, @PathVariable long id, Principal caller) {
        RunView made = schedules.runNow(app, id, caller.getName());
        return ResponseEntity.accepted()
                .location(
                        URI.create("/api/v1/apps/" + app + "/runs/" + made.run().id()))
                .body(RunItem.of(app, made));
    }
}
