package dev.slipway.platform.api;

import dev.slipway.db.Database;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether this program can do its work, for the launcher and for load balancers. Says nothing else, because
/// everybody may ask.
@RestController
class HealthController {
    private final Database database;
    private final ApplicationAvailability availability;

    HealthController(Database database, ApplicationAvailability availability) {
        this.database = database;
        this.availability = availability;
    }

    @GetMapping("/health")
    ResponseEntity<Map<String, String>> health() {
        boolean up = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && database.answers();
        return up
                ? ResponseEntity.ok(Map.of("status", "up"))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(Map.of("status", "down"));
    }
}
