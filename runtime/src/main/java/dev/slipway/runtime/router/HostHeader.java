package dev.slipway.runtime.router;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request's `Host` (RFC 9110, 7.2). `name` is in lower case, without brackets and without a dot at its end;
/// `port` is -1 when not given.
record HostHeader(String written, String name, int port, boolean literal) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final int LONGEST = 253;
    private static final int MOST_DIGITS = 5;

    /// Empty when it isn't one. Written by hand, as it is asked for each request.
    static Optional<HostHeader> parse(String value) {
        int end = value.startsWith("[") ? value.indexOf(']') + 1 : nameEnd(value);
        if (end <= 0 || !isPort(value, end)) {
            return Optional.empty();
        }
        int port = end == value.length() ? -1 : Integer.parseInt(value, end + 1, value.length(), 10);
        if (value.startsWith("[")) {
            String address = value.substring(1, end - 1);
            return IPV6.matcher(address).matches()
                    ? Optional.of(new HostHeader(value, address, port, true))
                    : Optional.empty();
        }
        String name = value.substring(0, end).toLowerCase(Locale.ROOT);
        String withoutDot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return Optional.of(new HostHeader(value, withoutDot, port, isIpv4(withoutDot)));
    }

    /// Where a name of letters, digits, dots, hyphens and underscores ends; 0 when there is none, or it is too long.
    private static int nameEnd(String value) {
        int end = 0;
        while (end < value.length() && isNamePart(value.charAt(end))) {
            end++;
        }
        return end <= LONGEST ? end : 0;
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '.' || c == '-' || c == '_';
    }

    /// Nothing, or a colon and one to five digits.
    private static boolean isPort(String value, int from) {
        if (from == value.length()) {
            return true;
        }
        int digits = value.length() - from - 1;
        if (value.charAt(from) != ':' || digits < 1 || digits > MOST_DIGITS) {
            return false;
        }
        for (int i = from + 1; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv4(String name) {
        char first = name.isEmpty() ? '.' : name.charAt(0);
        return first >= '0' && first <= '9' && IPV4.matcher(name).matches();
    }
}
