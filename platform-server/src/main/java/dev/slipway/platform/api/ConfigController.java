package dev.slipway.platform.api;

import dev.slipway.platform.config.Config;
import dev.slipway.platform.config.ConfigService;
import dev.slipway.platform.config.DotEnv;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// An app's environment. Values go in and never come out.
@Tag(name = "Config")
@RestController
@RequestMapping("/api/v1/apps/{app}/config")
class ConfigController {
    private final ConfigService configs;

    ConfigController(ConfigService configs) {
        this.configs = configs;
    }

    @Operation(operationId = "getConfig", summary = "The names of the app's variables; values are never shown")
    @GetMapping
    Config find(@PathVariable String app) {
        return configs.present(app);
    }

    @Operation(
            operationId = "exportConfigNames",
            summary = "The names as an .env file to be filled in; the values only ./slipway env prints, on the machine")
    @GetMapping(path = "/names", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> names(@PathVariable String app) {
        Config config = configs.present(app);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + app + ".env\"")
                .body(DotEnv.names(config.names()));
    }

    @Operation(
            operationId = "changeConfig",
            summary =
                    "Set variables (name to value; null removes): makes a config version and, where the app runs, a release")
    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    Config change(@PathVariable String app, @RequestBody Map<String, @Nullable String> change, Principal caller) {
        return configs.change(app, change, caller.getName());
    }

    @Operation(operationId = "importConfig", summary = "Set the variables of an .env file; others stay")
    @PostMapping(consumes = MediaType.TEXT_PLAIN_VALUE)
    Config importEnv(@PathVariable String app, @RequestBody String env, Principal caller) {
        return configs.change(app, new HashMap<>(DotEnv.parse(env)), caller.getName());
    }
}
