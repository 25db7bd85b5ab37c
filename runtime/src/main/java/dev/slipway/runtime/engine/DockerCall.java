package dev.slipway.runtime.engine;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns docker-java's exceptions into ours, in one place.
final class DockerCall {
    private static final int LONGEST_MESSAGE = 1000;

    private DockerCall() {}

    /// @param what is being done, for the message: "start a container"
    static <T> T call(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (DockerException e) {
            throw new EngineException.Refused("Docker couldn't " + what + ": " + sentence(e), e);
        } catch (RuntimeException e) {
            throw unavailable(what, e);
        }
    }

    static void run(String what, Runnable request) {
        call(what, () -> {
            request.run();
            return 0;
        });
    }

    static EngineException unavailable(String what, RuntimeException e) {
        IOException io = ioCause(e);
        if (io == null) {
            throw e;
        }
        return new EngineException.Unavailable(
                "Docker doesn't answer (couldn't " + what + ": " + io.getMessage() + ")", e);
    }

    private static @Nullable IOException ioCause(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return null;
    }

    /// The engine's own words: docker-java's message is `Status 500: {"message":"…"}`.
    static String sentence(DockerException e) {
        String message = String.valueOf(e.getMessage()).strip();
        int start = message.indexOf("{\"message\":\"");
        if (start >= 0 && message.endsWith("\"}")) {
            message = message.substring(start + "{\"message\":\"".length(), message.length() - 2)
                    .replace("\\\"", "\"")
                    .replace("\\n", " ");
        }
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }
}
