package dev.slipway.platform.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that the registry refuses. [RegistryController] writes it as the spec's JSON; nobody else writes
/// errors.
final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final int status;
    private final transient Map<String, String> headers;

    RegistryException(ErrorCode code, String sentence) {
        this(code, code.status(), sentence, Map.of());
    }

    RegistryException(ErrorCode code, int status, String sentence, Map<String, String> headers) {
        this(code, status, sentence, headers, null);
    }

    /// A failure of ours, with what the log should show.
    RegistryException(ErrorCode code, String sentence, Throwable cause) {
        this(code, code.status(), sentence, Map.of(), cause);
    }

    private RegistryException(
            ErrorCode code, int status, String sentence, Map<String, String> headers, @Nullable Throwable cause) {
        super(sentence, cause, false, false);
        this.code = code;
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    ErrorCode code() {
        return code;
    }

    int status() {
        return status;
    }

    /// Beside the body's own.
    Map<String, String> headers() {
        return headers;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
