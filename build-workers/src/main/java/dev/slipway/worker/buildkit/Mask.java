package dev.slipway.worker.buildkit;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Hides secrets in what people see of a build: the values of build arguments whose names look secret, and
/// credentials in URLs.
public final class Mask {
    private static final String HIDDEN = "***";
    private static final int SHORTEST = 4;
    private static final Pattern SECRET_NAME = Pattern.compile(
            "TOKEN|SECRET|PASSW|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY|AUTH|(^|_)KEY($|_)|(^|_)(PWD|PAT)($|_)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern URL_CREDENTIALS =
            Pattern.compile("(?<=://)[^/\\s@:\"']{0,256}:[^/\\s@\"']{1,1024}(?=@)");

    private final List<String> secrets;

    private Mask(List<String> secrets) {
        this.secrets = secrets;
    }

    public static Mask of(Map<String, String> buildArgs) {
        return new Mask(buildArgs.entrySet().stream()
                .filter(arg -> SECRET_NAME.matcher(arg.getKey()).find())
                .flatMap(arg -> arg.getValue().lines())
                .map(String::strip)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    public String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden.contains("://") ? URL_CREDENTIALS.matcher(hidden).replaceAll(HIDDEN) : hidden;
    }
}
