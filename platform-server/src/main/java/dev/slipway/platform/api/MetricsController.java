package dev.slipway.platform.api;

import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.runtime.AppMetrics;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What apps use and how they answer. The runtime tier measures it; its answers are passed on as they are.
@Tag(name = "Metrics")
@RestController
@RequestMapping("/api/v1")
class MetricsController {
    private final AppService apps;
    private final AppMetrics metrics;

    MetricsController(AppService apps, AppMetrics metrics) {
        this.apps = apps;
        this.metrics = metrics;
    }

    /// Points of `stepSeconds` each, oldest first; without a point, nothing ran and nothing was asked.
    record MetricsPage(int stepSeconds, List<MetricsPoint> points) {}

    /// Requests by how they were answered, what parts of them took at most (0 without any), instances started,
    /// and what each that ran used.
    record MetricsPoint(
            Instant at,
            int requests,
            int success,
            int redirects,
            int clientErrors,
            int serverErrors,
            int aborted,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            int starts,
            List<InstanceUse> instances) {}

    /// CPUs used on average, the most memory, and how much it may have (0: no limit).
    record InstanceUse(String id, double cpu, long memoryBytes, long limitBytes) {}

    @Operation(
            operationId = "getAppMetrics",
            summary = "CPU, memory, requests and latencies of an app; a week is kept, the older the coarser")
    @ApiResponse(
            responseCode = "200",
            description = "Points of 10 s (HOUR), 1 min (SIX_HOURS), 5 min (DAY) or 30 min (WEEK)",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MetricsPage.class)))
    @GetMapping("/apps/{app}/metrics")
    void page(
            @PathVariable String app,
            @RequestParam(defaultValue = "HOUR") AppMetrics.Range range,
            HttpServletResponse response)
            throws IOException {
        try (InputStream page = metrics.page(apps.find(app).id(), range)) {
            response.setContentType("application/json");
            page.transferTo(response.getOutputStream());
        }
    }

    /// For a Prometheus server, with a token as its bearer token.
    @Operation(
            operationId = "getMetrics",
            summary = "Counts of all apps since the runtime tier's start, for Prometheus")
    @ApiResponse(
            responseCode = "200",
            description = "Prometheus's text format 0.0.4",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @GetMapping("/metrics")
    void text(HttpServletResponse response) throws IOException {
        try (InputStream text = metrics.text()) {
            response.setContentType("text/plain;version=0.0.4;charset=utf-8");
            text.transferTo(response.getOutputStream());
        }
    }
}
