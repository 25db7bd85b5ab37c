package dev.slipway.runtime.engine;

import org.jspecify.annotations.Nullable;

/// What can go wrong with a container engine. The message is a sentence for the app's owner.
public abstract sealed class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The engine can't be reached; it may be back soon.
    public static final class Unavailable extends EngineException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// The image can't be had, though the registry answers.
    public static final class ImageUnavailable extends EngineException {
        private static final long serialVersionUID = 1L;

        public ImageUnavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// The image can't be had as long as the registry doesn't answer; it may be back soon.
    public static final class RegistryAway extends EngineException {
        private static final long serialVersionUID = 1L;

        public RegistryAway(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// The engine answered, and refused.
    public static final class Refused extends EngineException {
        private static final long serialVersionUID = 1L;

        public Refused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
