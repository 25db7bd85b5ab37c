package dev.slipway.platform.api;

import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.Deploys;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.platform.releases.RollbackKind;
import dev.slipway.platform.releases.RollbackPreview;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An app's releases, and the way back.
@Tag(name = "Releases")
@RestController
@RequestMapping("/api/v1/apps/{app}/releases")
class ReleaseController {

    private final ReleaseService releases;
    private final Deploys deploys;

    ReleaseController(ReleaseService releases, Deploys deploys) {
        this.releases = releases;
        this.deploys = deploys;
    }

    /// What a rollback would do: `comparison` says what differs from what is live, `kinds` in which ways it can be
    /// done,
    /// `stays` what isn't touched, `warnings` what to think of before.
    record Preview(ComparisonView comparison, List<RollbackKind> kinds, List<String> stays, List<String> warnings) {}

    @Operation(operationId = "listReleases", summary = "Releases, newest first")
    @GetMapping
    Page<ReleaseItem> list(
            @PathVariable String app, @RequestParam @Nullable Integer limit, @RequestParam @Nullable Long before) {
        Paging paging = new Paging(limit, before);
        return Page.of(
                releases.list(app, paging.beforeInt(), paging.oneMore()),
                paging,
                view -> ReleaseItem.of(app, view),
                view -> view.release().number());
    }

    @Operation(operationId = "getRelease", summary = "A release")
    @GetMapping("/{number}")
    ReleaseItem find(@PathVariable String app, @PathVariable int number) {
        return ReleaseItem.of(app, releases.find(app, number));
    }

    @Operation(operationId = "previewRollback", summary = "What a rollback to this release would change")
    @GetMapping("/{number}/rollback")
    Preview preview(@PathVariable String app, @PathVariable int number) {
        RollbackPreview preview = releases.preview(app, number);
        return new Preview(
                ComparisonView.of(preview.comparison()),
                preview.comparison().to().kinds(),
                preview.stays(),
                preview.warnings());
    }

    @Operation(
            operationId = "compareReleases",
            summary =
                    "What is otherwise in the second release than in the first: commits, image, config names, process spec")
    @GetMapping("/{number}/compare/{other}")
    ComparisonView compare(@PathVariable String app, @PathVariable int number, @PathVariable int other) {
        return ComparisonView.of(releases.compare(app, number, other));
    }

    /// What the release command wrote, once it has ended, as plain text.
    @Operation(
            operationId = "getReleaseCommandOutput",
            summary = "What a release's command wrote last, when it has ended; values of variables are masked")
    @ApiResponse(
            responseCode = "200",
            description = "Standard output and error, the end of them",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @GetMapping("/{number}/command/output")
    void commandOutput(@PathVariable String app, @PathVariable int number, HttpServletResponse response)
            throws IOException {
        ReleaseView view = releases.find(app, number);
        String output = releases.commandOutput(view);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write(output.getBytes(StandardCharsets.UTF_8));
    }

    /// Without a body: IMAGE_AND_CONFIG, without the release command.
    record Rollback(
            @Nullable RollbackKind kind,

            @Schema(description = "Also run the release command; a rollback doesn't, unless asked to") @Nullable
            Boolean runReleaseCommand) {
        RollbackKind kindOrUsual() {
            return kind == null ? RollbackKind.IMAGE_AND_CONFIG : kind;
        }

        boolean withCommand() {
            return Boolean.TRUE.equals(runReleaseCommand);
        }
    }

    /// A version of the app's image.
    record Wish(
            @NotNull(message = "image is missing: which version of the app's image?")
            Integer image) {}

    @Operation(
            operationId = "release",
            summary =
                    "Release an image version with the app's present config and settings, also while deploys are paused")
    @ApiResponse(
            responseCode = "202",
            useReturnTypeSchema = true,
            description = "The new release; done when it is LIVE")
    @PostMapping
    ResponseEntity<ReleaseItem> release(@PathVariable String app, @Valid @RequestBody Wish wish, Principal caller) {
        return accepted(app, deploys.release(app, wish.image(), caller.getName()));
    }

    /// Makes a new release with the content of this one. It is done when the new one is LIVE. Automatic deploys pause
    /// until somebody resumes them.
    @Operation(
            operationId = "rollBack",
            summary = "Roll back: make a new release with the content of this one; automatic deploys pause")
    @ApiResponse(
            responseCode = "202",
            useReturnTypeSchema = true,
            description = "The new release; done when it is LIVE")
    @PostMapping("/{number}/rollback")
    ResponseEntity<ReleaseItem> rollBack(
            @PathVariable String app,
            @PathVariable int number,
            @RequestBody(required = false) @Nullable Rollback wish,
            Principal caller) {
        Rollback rollback = wish == null ? new Rollback(null, null) : wish;
        return accepted(
                app, releases.rollBack(app, number, rollback.kindOrUsual(), rollback.withCommand(), caller.getName()));
    }

    private ResponseEntity<ReleaseItem> accepted(String app, Release created) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/apps/" + app + "/releases/" + created.number()))
                .body(ReleaseItem.of(app, releases.find(app, created.number())));
    }
}
