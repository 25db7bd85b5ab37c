package dev.slipway.runtime.router;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request's `Host` (RFC 9110, 7.2). `name` is in lower case, without brackets and without a dot at its end;
/// `port` is -1 when not given.
record HostHeader(String written, String name, int port, boolean literal) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9_.-]{1,253}))(?::([0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /// Empty when it isn't one.
    static Optional<HostHeader> parse(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = form.group(3) == null ? -1 : Integer.parseInt(form.group(3));
        if (form.group(1) != null) {
            return Optional.of(new HostHeader(value, form.group(1), port, true));
        }
        String name = form.group(2).toLowerCase(Locale.ROOT);
        String withoutDot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return Optional.of(
                new HostHeader(value, withoutDot, port, IPV4.matcher(withoutDot).matches()));
    }
}
