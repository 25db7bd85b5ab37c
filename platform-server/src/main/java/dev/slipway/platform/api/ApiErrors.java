package dev.slipway.platform.api;

import dev.slipway.platform.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// The one place where what goes wrong in a request of the API becomes problem+json (RFC 9457): `detail` is the
/// sentence for people, `code` the word for programs, `field` the JSON field it is about.
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
class ApiErrors extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler(Problem.class)
    ResponseEntity<Object> problem(Problem e, WebRequest request) {
        HttpStatus status = switch (e.kind()) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case CONFLICT -> HttpStatus.CONFLICT;
            case REFUSED -> HttpStatus.FORBIDDEN;
        };
        return answer(status, e.kind().name().toLowerCase(Locale.ROOT), e.sentence(), null, request);
    }

    /// From the value records, whose messages are written for people.
    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<Object> invalidValue(IllegalArgumentException e, WebRequest request) {
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", String.valueOf(e.getMessage()), null, request);
    }

    /// A JSON tree that doesn't fit (a merged patch).
    @ExceptionHandler(JacksonException.class)
    ResponseEntity<Object> unfittingJson(JacksonException e, WebRequest request) {
        return unreadable(e, request);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e, WebRequest request) {
        return answer(
                HttpStatus.BAD_REQUEST,
                "malformed",
                e.getName() + " must be " + wanted(e.getRequiredType()) + ".",
                e.getName(),
                request);
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type != null && type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Stream.of(type.getEnumConstants())
                                    .map(String::valueOf)
                                    .toList());
        }
        return "something else";
    }

    @ExceptionHandler(NoPlaceException.class)
    ResponseEntity<Object> noPlace(NoPlaceException e, WebRequest request) {
        return answer(HttpStatus.SERVICE_UNAVAILABLE, "too_many", String.valueOf(e.getMessage()), null, request);
    }

    /// The caller went away in the middle of the answer, or what the answer is read from. What was sent already
    /// mustn't look whole then: the exception goes on to the server, which cuts the connection.
    @ExceptionHandler(IOException.class)
    @Nullable
    ResponseEntity<Object> brokenOff(IOException e, WebRequest request, HttpServletResponse response)
            throws IOException {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            log.debug("nobody reads the answer any more: {}", e.getMessage());
            return null;
        }
        if (response.isCommitted()) {
            throw e;
        }
        response.reset();
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                "The answer broke off: " + e.getMessage() + ". Try again in a moment.",
                null,
                request);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> database(RuntimeException e, WebRequest request) {
        log.error("the database failed", e);
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                "The database didn't answer as it should. Try again in a moment.",
                null,
                request);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        log.error("a request failed", e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "Something went wrong inside Slipway. Its log (./slipway logs platform-server) says what.",
                null,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Throwable cause = e.getCause();
        if (isTooLarge(e)) {
            return answer(HttpStatus.CONTENT_TOO_LARGE, "too_large", "The body is larger than 1 MiB.", null, request);
        }
        if (cause instanceof JacksonException json) {
            return unreadable(json, request);
        }
        return answer(
                HttpStatus.BAD_REQUEST, "malformed", "The request needs a JSON object as its body.", null, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        FieldError error = e.getBindingResult().getFieldErrors().getFirst();
        String message = error.isBindingFailure()
                ? error.getField() + " has a value that it can't have."
                : error.getDefaultMessage();
        return answer(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "invalid",
                message == null ? "Invalid value." : message,
                error.getField(),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "The body must be JSON, with the header Content-Type: application/json.",
                null,
                request);
    }

    private static ResponseEntity<Object> unreadable(JacksonException e, WebRequest request) {
        String field = field(e);
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                answer(
                        HttpStatus.BAD_REQUEST,
                        "unknown_field",
                        "There is no field \"" + abbreviate(field) + "\" here.",
                        field,
                        request);
            case InvalidFormatException wrong ->
                answer(
                        HttpStatus.BAD_REQUEST,
                        "malformed",
                        "The value of \"" + abbreviate(field) + "\" can't be read: " + wanted(wrong) + ".",
                        field,
                        request);
            case MismatchedInputException wrong ->
                answer(
                        HttpStatus.BAD_REQUEST,
                        "malformed",
                        (field.isEmpty() ? "The body" : "\"" + abbreviate(field) + "\"") + " has the wrong type: "
                                + wanted(wrong) + ".",
                        field,
                        request);
            case StreamReadException broken ->
                answer(
                        HttpStatus.BAD_REQUEST,
                        "malformed",
                        "The body isn't valid JSON (line " + line(broken) + ").",
                        null,
                        request);
            case DatabindException other
            when other.getCause() instanceof IllegalArgumentException value ->
                answer(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", String.valueOf(value.getMessage()), field, request);
            default -> answer(HttpStatus.BAD_REQUEST, "malformed", "The body can't be read as JSON.", field, request);
        };
    }

    private static boolean isTooLarge(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.BodyTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private static String line(StreamReadException e) {
        return e.getLocation() == null ? "?" : String.valueOf(e.getLocation().getLineNr());
    }

    private static String wanted(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "something else is needed";
        }
        return switch (type.getSimpleName()) {
            case "Integer", "int", "Long", "long" -> "it must be a whole number";
            case "String" -> "it must be a text";
            case "List", "ArrayList" -> "it must be a list";
            case "Boolean", "boolean" -> "it must be true or false";
            case "Instant" -> "it must be a time such as 2030-01-31T12:00:00Z";
            default -> "it must be a JSON object";
        };
    }

    private static String field(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static ResponseEntity<Object> answer(
            HttpStatus status, String code, String sentence, @Nullable String field, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        if (request instanceof ServletWebRequest servlet) {
            problem.setInstance(URI.create(servlet.getRequest().getRequestURI()));
        }
        problem.setProperty("code", code);
        if (field != null && !field.isEmpty()) {
            problem.setProperty("field", field);
        }
        return ResponseEntity.status(status).body(problem);
    }
}
