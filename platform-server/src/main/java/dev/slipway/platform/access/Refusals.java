package dev.slipway.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import tools.jackson.databind.json.JsonMapper;

/// The answers to requests that may not be, in the form that the clients of an area understand: a sentence that
/// Git shows, the registry's error document (OCI distribution spec, "Error Codes"), or problem+json (RFC 9457).
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final AccessPolicy.Area area;
    private final JsonMapper json;

    Refusals(AccessPolicy.Area area, JsonMapper json) {
        this.area = area;
        this.json = json;
    }

    private record Refusal(HttpStatus status, String code, String sentence) {}

    private static final Refusal CSRF = new Refusal(
            HttpStatus.FORBIDDEN,
            "csrf",
            "A change made with the dashboard's session needs the header X-CSRF-TOKEN (its value: GET /api/v1/me), or use an API token.");

    /// Answers credentials that weren't accepted.
    void refuse(Verdict verdict, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (verdict instanceof Verdict.Throttled throttled) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(throttled.seconds()));
        }
        answer(refusal(verdict), request, response);
    }

    /// Nobody is logged in.
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        answer(
                new Refusal(HttpStatus.UNAUTHORIZED, "token_missing", "This needs a log-in. " + howTo()),
                request,
                response);
    }

    /// Somebody is logged in, but may not.
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        answer(e instanceof CsrfException ? CSRF : withoutRule(request, response), request, response);
    }

    /// What is in no rule doesn't exist; who is logged in is told so.
    private Refusal withoutRule(HttpServletRequest request, HttpServletResponse response) {
        String methods = AccessPolicy.methods(request.getRequestURI()).stream()
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
        if (area != AccessPolicy.Area.API || methods.contains(request.getMethod())) {
            return new Refusal(
                    HttpStatus.FORBIDDEN,
                    "refused",
                    "You may not " + request.getMethod() + " " + request.getRequestURI() + ".");
        }
        if (methods.isEmpty()) {
            return new Refusal(
                    HttpStatus.NOT_FOUND,
                    "not_found",
                    "There is nothing at this address of the API; see /api/v1/openapi.");
        }
        response.setHeader(HttpHeaders.ALLOW, methods);
        return new Refusal(
                HttpStatus.METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "There is no " + request.getMethod() + " at this address of the API; there is: " + methods + ".");
    }

    private Refusal refusal(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Unknown unknown ->
                new Refusal(
                        HttpStatus.UNAUTHORIZED,
                        "token_unknown",
                        "There is no such API token: it is mistyped or was revoked. Make a new one in the dashboard under Tokens.");
            case Verdict.Expired expired ->
                new Refusal(
                        HttpStatus.UNAUTHORIZED,
                        "token_expired",
                        "The API token expired on " + TIME.format(expired.at())
                                + ". Make a new one in the dashboard under Tokens.");
            case Verdict.NotAToken other ->
                new Refusal(
                        HttpStatus.UNAUTHORIZED,
                        "not_a_token",
                        "That isn't an API token (they begin with " + TokenSecret.PREFIX
                                + "). A user's password isn't accepted here. " + howTo());
            case Verdict.Throttled throttled ->
                new Refusal(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too_many_attempts",
                        "There were too many wrong tokens from this address. Try again in " + throttled.seconds()
                                + " seconds.");
            case Verdict.Accepted accepted -> throw new IllegalArgumentException("accepted");
        };
    }

    private String howTo() {
        return switch (area) {
            case GIT, REGISTRY -> "Use any user name, and an API token from the dashboard as the password.";
            case API -> "Send an API token from the dashboard: Authorization: Bearer slw_…";
            case PUBLIC, DASHBOARD -> "Log in to the dashboard.";
        };
    }

    private void answer(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(refusal.status().value());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        switch (area) {
            case GIT -> answerText(refusal, response);
            case REGISTRY -> answerRegistry(refusal, response);
            case API -> answerProblem(refusal, request, response);
            case PUBLIC, DASHBOARD -> response.getWriter().println(refusal.sentence());
        }
    }

    private void answerText(Refusal refusal, HttpServletResponse response) throws IOException {
        askForBasic(refusal, response);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(refusal.sentence());
    }

    private void answerRegistry(Refusal refusal, HttpServletResponse response) throws IOException {
        askForBasic(refusal, response);
        response.setHeader("Docker-Distribution-Api-Version", "registry/2.0");
        String code = switch (refusal.status()) {
            case UNAUTHORIZED -> "UNAUTHORIZED";
            case TOO_MANY_REQUESTS -> "TOOMANYREQUESTS";
            default -> "DENIED";
        };
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", refusal.sentence());
        writeJson(response, MediaType.APPLICATION_JSON_VALUE, Map.of("errors", List.of(error)));
    }

    private void answerProblem(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (refusal.status() == HttpStatus.UNAUTHORIZED) {
            boolean given = TokenFilter.hasCredentials(request);
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Bearer realm=\"Slipway\"" + (given ? ", error=\"invalid_token\"" : ""));
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", refusal.status().getReasonPhrase());
        problem.put("status", refusal.status().value());
        problem.put("detail", refusal.sentence());
        problem.put("instance", request.getRequestURI());
        problem.put("code", refusal.code());
        writeJson(response, MediaType.APPLICATION_PROBLEM_JSON_VALUE, problem);
    }

    private void askForBasic(Refusal refusal, HttpServletResponse response) {
        if (refusal.status() == HttpStatus.UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Slipway\"");
        }
    }

    private void writeJson(HttpServletResponse response, String type, Map<String, Object> body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
