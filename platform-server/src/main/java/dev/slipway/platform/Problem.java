package dev.slipway.platform;

/// A request that can't be done, with a sentence for the person who asked: what was tried, why not, what to do.
/// One place turns it into problem+json, one into a notification of the dashboard.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What sort of problem; decides the HTTP status.
    public enum Kind {
        /// 404
        NOT_FOUND,
        /// 422
        INVALID,
        /// 409
        CONFLICT,
        /// 403
        REFUSED
    }

    private final Kind kind;

    public Problem(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public static Problem notFound(String sentence) {
        return new Problem(Kind.NOT_FOUND, sentence);
    }

    public static Problem invalid(String sentence) {
        return new Problem(Kind.INVALID, sentence);
    }

    public static Problem conflict(String sentence) {
        return new Problem(Kind.CONFLICT, sentence);
    }

    public Kind kind() {
        return kind;
    }

    /// The sentence; never null.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
