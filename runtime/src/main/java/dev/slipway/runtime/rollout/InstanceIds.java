package dev.slipway.runtime.rollout;

import java.security.SecureRandom;

/// Names for instances: the app, the release's number, and eight random letters and digits.
final class InstanceIds {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int RANDOM_CHARS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private InstanceIds() {}

    static String next(String app, int release) {
        StringBuilder id = new StringBuilder(app).append('-').append(release).append('-');
        for (int i = 0; i < RANDOM_CHARS; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
