package dev.slipway.platform.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The answers to errors that come from outside of controllers (no such address, no such method …):
/// problem+json below `/api`, a line of text elsewhere. Nothing of the error itself is shown.
@RestController
class ErrorAnswers implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.valueOf(code)
                : HttpStatus.INTERNAL_SERVER_ERROR;
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (!path.startsWith("/api/")) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.TEXT_PLAIN)
                    .body(status.value() + " " + status.getReasonPhrase() + "\n");
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence(status));
        problem.setInstance(URI.create(path));
        problem.setProperty("code", status.name().toLowerCase(java.util.Locale.ROOT));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String sentence(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this address of the API; see /api/v1/openapi.";
            case METHOD_NOT_ALLOWED -> "This address of the API doesn't do that; the header Allow says what it does.";
            case NOT_ACCEPTABLE -> "The API answers in JSON, which the request's Accept header excludes.";
            case BAD_REQUEST -> "The request is malformed.";
            default ->
                status.is5xxServerError()
                        ? "Something went wrong inside Slipway. Its log (./slipway logs platform-server) says what."
                        : "The request can't be answered: " + status.getReasonPhrase() + ".";
        };
    }
}
