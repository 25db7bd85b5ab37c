package dev.slipway.platform.api;

import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.platform.Problem;
import dev.slipway.platform.builds.BuildService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// A build's log, in pieces or whole. Lines are numbered from 0 within the build's present attempt.
@Tag(name = "Builds")
@RestController
@RequestMapping("/api/v1/apps/{app}/builds/{number}/log")
class LogController {
    static final int CHUNKS_AT_ONCE = 50;
    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;

    private final BuildService builds;
    private final BuildStreams streams;

    LogController(BuildService builds, BuildStreams streams) {
        this.builds = builds;
        this.streams = streams;
    }

    /// Lines `from` to `next` (not included). `complete`: there are no more, now or later.
    record LogPart(int attempt, int from, List<String> lines, int next, boolean complete) {}

    @Operation(operationId = "getLog", summary = "Some lines of the log")
    @GetMapping
    LogPart part(
            @PathVariable String app,
            @PathVariable int number,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam @Nullable Integer limit) {
        int most = limit == null ? USUAL : limit;
        if (from < 0 || most < 1 || most > MOST) {
            throw Problem.invalid("from must be 0 or more, and limit between 1 and " + MOST + ".");
        }
        // read before its lines, so that a final build's lines are all there
        Build build = builds.findWithLog(app, number);
        List<String> lines = lines(build, from, most);
        int next = from + lines.size();
        boolean complete = build.state().isFinal() && next >= builds.logLines(build);
        return new LogPart(build.attempt(), from, lines, next, complete);
    }

    /// The whole log as it is now, for saving as a file.
    @Operation(operationId = "downloadLog", summary = "The whole log as text")
    @ApiResponse(
            responseCode = "200",
            description = "The log",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @GetMapping("/download")
    void download(@PathVariable String app, @PathVariable int number, HttpServletResponse response) throws IOException {
        Build build = builds.findWithLog(app, number);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + app + "-build-" + number + ".log\"");
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
            int from = 0;
            List<LogChunk> chunks = builds.log(build, from, CHUNKS_AT_ONCE);
            while (!chunks.isEmpty()) {
                for (LogChunk chunk : chunks) {
                    for (String line : chunk.lines()) {
                        out.write(line);
                        out.write('\n');
                    }
                }
                from = chunks.getLast().endLine();
                chunks = builds.log(build, from, CHUNKS_AT_ONCE);
            }
        }
    }

    /// The build live, as server-sent events: `state` (the build), `step`, `log` (lines; with an id, so that a
    /// watcher that connects again gets only what it hasn't got), and `end` when there won't be more. A watcher
    /// that has everything is answered 204: stop connecting.
    @Operation(operationId = "streamLog", summary = "A build live, as server-sent events: state, step, log, end")
    @ApiResponse(
            responseCode = "200",
            description = "Events; those named log have an id for Last-Event-ID",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "204",
            description = "The build has ended and you have all of its log",
            content = @Content)
    @GetMapping(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> stream(
            @PathVariable String app,
            @PathVariable int number,
            HttpMethod method,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        Build build = builds.findWithLog(app, number);
        LogPosition position = LogPosition.after(last);
        boolean hasAll =
                last != null && build.state().isFinal() && position.from(build.attempt()) >= builds.logLines(build);
        if (hasAll) {
            return ResponseEntity.noContent().build();
        }
        if (method == HttpMethod.HEAD) {
            // nobody would read what comes
            return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
        }
        return ResponseEntity.ok().header("X-Accel-Buffering", "no").body(streams.watch(app, build.id(), position));
    }

    private List<String> lines(Build build, int from, int most) {
        List<String> lines = new ArrayList<>();
        List<LogChunk> chunks = builds.log(build, from, CHUNKS_AT_ONCE);
        while (!chunks.isEmpty() && lines.size() < most) {
            for (LogChunk chunk : chunks) {
                int skip = Math.max(0, from + lines.size() - chunk.firstLine());
                chunk.lines().stream().skip(skip).limit(most - lines.size()).forEach(lines::add);
            }
            chunks = builds.log(build, chunks.getLast().endLine(), CHUNKS_AT_ONCE);
        }
        return lines;
    }
}
