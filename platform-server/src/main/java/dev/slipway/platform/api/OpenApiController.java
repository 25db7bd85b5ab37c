package dev.slipway.platform.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The API's own description. It is generated from the controllers in a test and kept in `docs/openapi.json`:
/// generating it here would cost every start more than a second.
@Tag(name = "Platform")
@RestController
class OpenApiController {
    @Operation(operationId = "getOpenApi", summary = "This document (OpenAPI 3.1)")
    @ApiResponse(responseCode = "200", description = "The document", content = @Content(mediaType = "application/json"))
    @GetMapping("/api/v1/openapi")
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ClassPathResource("openapi.json", OpenApiController.class));
    }
}
