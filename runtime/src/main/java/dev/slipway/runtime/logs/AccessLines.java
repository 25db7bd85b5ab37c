package dev.slipway.runtime.logs;

import dev.slipway.runtime.router.AccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// How a request is written down: `203.0.113.7 GET shop.example.com/basket?item=… 200 1234B 12.3ms`.
///
/// What a query gives its names is left out: tokens come that way. Paths stay as they are.
final class AccessLines {
    private static final int LONGEST_URI = 2_000;
    /// What stands behind `=`; a part without one might be a secret itself.
    private static final Pattern VALUE = Pattern.compile("=[^&]*|(?<=^|&)[^=&]+(?=&|$)");

    private AccessLines() {}

    static String of(AccessLog.Request request) {
        String status = request.status() == 0 ? "-" : Integer.toString(request.status());
        String line = String.format(
                Locale.ROOT,
                "%s %s %s%s %s %dB %.1fms",
                request.client(),
                request.method(),
                request.host(),
                masked(request.uri()),
                status,
                request.bytes(),
                request.micros() / 1e3);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return LineText.of(bytes, bytes.length, 0);
    }

    static String masked(String uri) {
        String shown = uri.length() <= LONGEST_URI ? uri : uri.substring(0, LONGEST_URI) + "…";
        int query = shown.indexOf('?');
        if (query < 0) {
            return shown;
        }
        String values = VALUE.matcher(shown.substring(query + 1))
                .replaceAll(part -> part.group().startsWith("=") ? "=…" : "…");
        return shown.substring(0, query + 1) + values;
    }
}
