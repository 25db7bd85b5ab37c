package dev.slipway.platform.api;

import dev.slipway.platform.system.SystemService;
import dev.slipway.platform.system.SystemService.QueueEntry;
import dev.slipway.platform.system.SystemService.WorkerEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The queue and the workers.
@Tag(name = "Platform")
@RestController
@RequestMapping("/api/v1")
class SystemController {
    private final SystemService system;

    SystemController(SystemService system) {
        this.system = system;
    }

    /// A worker process; `build` is what it builds now, null when it waits.
    record WorkerView(
            String id,
            long pid,
            String host,
            Instant startedAt,
            Instant seenAt,
            @Nullable BuildView build) {
        static WorkerView of(WorkerEntry entry) {
            QueueEntry current = entry.current();
            return new WorkerView(
                    entry.worker().id(),
                    entry.worker().pid(),
                    entry.worker().host(),
                    entry.worker().startedAt(),
                    entry.worker().seenAt(),
                    current == null ? null : view(current));
        }
    }

    /// Running and queued builds of all apps in the order in which they are built.
    @Operation(operationId = "listQueue", summary = "Running and queued builds of all apps, in order")
    @GetMapping("/queue")
    Page<BuildView> queue() {
        return Page.whole(system.queue().stream().map(SystemController::view).toList());
    }

    @Operation(operationId = "listWorkers", summary = "Workers and what they build")
    @GetMapping("/workers")
    Page<WorkerView> workers() {
        return Page.whole(system.workers().stream().map(WorkerView::of).toList());
    }

    private static BuildView view(QueueEntry entry) {
        return BuildView.of(entry.app().name().value(), entry.build(), entry.waiting());
    }
}
