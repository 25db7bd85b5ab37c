package dev.slipway.platform.api;

import dev.slipway.db.builds.Build;
import dev.slipway.platform.builds.BuildService;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.jspecify.annotations.Nullable;

/// An app's builds.
@RestController
@RequestMapping("/api/v1/apps/{app}/builds")
class BuildController {
    private final BuildService builds;

    BuildController(BuildService builds) {
        this.builds = builds;
    }

    @GetMapping
    Page<BuildView> list(@PathVariable String app, @RequestParam @Nullable Integer limit, @RequestParam @Nullable Long before) {
        Paging paging = new Paging(limit, before);
        return Page.of(builds.list(app, paging.beforeInt(), paging.oneMore()), paging, build -> view(app, build), Build::number);
    }

    /// Builds the newest commit again.
    @PostMapping
    ResponseEntity<BuildView> again(@PathVariable String app, Principal caller) {
        Build build = builds.again(app, caller.getName());
        return ResponseEntity.created(URI.create("/api/v1/apps/" + app + "/builds/" + build.number())).body(view(app, build));
    }

    @GetMapping("/{number}")
    BuildView find(@PathVariable String app, @PathVariable int number) {
        return view(app, builds.find(app, number));
    }

    @GetMapping("/{number}/steps")
    Page<StepView> steps(@PathVariable String app, @PathVariable int number) {
        List<StepView> steps = builds.steps(builds.find(app, number)).stream().map(StepView::of).toList();
        return Page.whole(steps);
    }

    /// A running build's worker is asked to stop; the build is CANCELLED when it has.
    @PostMapping("/{number}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    BuildView cancel(@PathVariable String app, @PathVariable int number, Principal caller) {
        return view(app, builds.cancel(app, number, caller.getName()));
    }

    private BuildView view(String app, Build build) {
        return BuildView.of(app, build, builds.whyWaiting(build).orElse(null));
    }
}
