package dev.slipway.platform.api;

import dev.slipway.db.builds.Build;
import dev.slipway.platform.builds.BuildService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// An app's builds.
@Tag(name = "Builds")
@RestController
@RequestMapping("/api/v1/apps/{app}/builds")
class BuildController {
    private final BuildService builds;

    BuildController(BuildService builds) {
        this.builds = builds;
    }

    @Operation(operationId = "listBuilds", summary = "Builds, newest first")
    @GetMapping
    Page<BuildView> list(
            @PathVariable String app, @RequestParam @Nullable Integer limit, @RequestParam @Nullable Long before) {
        Paging paging = new Paging(limit, before);
        return Page.of(
                builds.list(app, paging.beforeInt(), paging.oneMore()),
                paging,
                build -> view(app, build),
                Build::number);
    }

    /// Builds the newest commit of the app's branch again.
    @Operation(operationId = "buildAgain", summary = "Build the newest commit of the app's branch again")
    @ApiResponse(
            responseCode = "201",
            useReturnTypeSchema = true,
            description = "Made; its address is in the header Location")
    @PostMapping
    ResponseEntity<BuildView> again(@PathVariable String app, Principal caller) {
        Build build = builds.again(app, caller.getName());
        return ResponseEntity.created(URI.create("/api/v1/apps/" + app + "/builds/" + build.number()))
                .body(view(app, build));
    }

    @Operation(operationId = "getBuild", summary = "A build")
    @GetMapping("/{number}")
    BuildView find(@PathVariable String app, @PathVariable int number) {
        return view(app, builds.find(app, number));
    }

    @Operation(operationId = "listSteps", summary = "The steps of the present attempt")
    @GetMapping("/{number}/steps")
    Page<StepView> steps(@PathVariable String app, @PathVariable int number) {
        List<StepView> steps = builds.steps(builds.findWithLog(app, number)).stream()
                .map(StepView::of)
                .toList();
        return Page.whole(steps);
    }

    /// A running build's worker is asked to stop; the build is CANCELLED when it has.
    @Operation(operationId = "cancelBuild", summary = "Cancel a build; a running one ends when its worker has stopped")
    @PostMapping("/{number}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    BuildView cancel(@PathVariable String app, @PathVariable int number, Principal caller) {
        return view(app, builds.cancel(app, number, caller.getName()));
    }

    private BuildView view(String app, Build build) {
        return BuildView.of(app, build, builds.whyWaiting(build).orElse(null));
    }
}
