package dev.slipway.worker.buildkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Hides secrets in what people see of a build: the values of build arguments whose names look secret, the secrets of
/// the build, and
/// credentials in URLs.
public final class Mask {
    private static final String HIDDEN = "***";
    /// As coreutils write it.
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

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

    /// @param secrets hidden whatever their names are, in Base64 too
    public static Mask of(Map<String, String> buildArgs, Collection<String> secrets) {
        Stream<String> arguments = buildArgs.entrySet().stream()
                .filter(arg -> SECRET_NAME.matcher(arg.getKey()).find())
                .map(Map.Entry::getValue);
        Stream<String> forms = secrets.stream().flatMap(Mask::forms);
        return new Mask(Stream.concat(arguments, forms)
                .flatMap(String::lines)
                .map(String::strip)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /// As it is, and as `base64` of it with and without a line end would write it.
    private static Stream<String> forms(String secret) {
        return Stream.concat(Stream.of(secret), Stream.of(secret, secret + "\n").flatMap(text -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder(), LINES)
                    .map(encoder -> encoder.withoutPadding().encodeToString(bytes));
        }));
    }

    public String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden.contains("://") ? URL_CREDENTIALS.matcher(hidden).replaceAll(HIDDEN) : hidden;
    }
}
