package dev.slipway.runtime.rollout;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/// Names for instances: the app, the release's number, the process type if it isn't web, and eight random letters
/// and digits: `shop-7-k3m9x2ab`, `shop-7.worker-k3m9x2ab`.
public final class InstanceIds {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final Pattern APPENDIX = Pattern.compile("-[0-9]+(\\.[a-z0-9-]+)?-[a-z0-9]+$");
    private static final int RANDOM_CHARS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private InstanceIds() {}

    static String next(InstanceSpec spec) {
        StringBuilder id = new StringBuilder(spec.app()).append('-').append(spec.release());
        id.append(spec.web() ? "" : "." + spec.type()).append('-');
        for (int i = 0; i < RANDOM_CHARS; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /// The app's name in an instance's, which is needed before the tables are read. It has no dot in it, so it
    /// ends before the number that the type follows.
    public static String app(String id) {
        return APPENDIX.matcher(id).replaceFirst("");
    }
}
