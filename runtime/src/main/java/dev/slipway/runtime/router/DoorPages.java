package dev.slipway.runtime.router;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What visitors see who aren't let in to an app.
final class DoorPages {
    static final int UNAUTHORIZED = 401;
    private static final int SOON = 60;
    private static final int VERY_SOON = 5;
    private static final long KIB = 1 << 10;

    private DoorPages() {}

    static ErrorPage notFromHere(String app, @Nullable InetAddress address) {
        String yours = address == null ? "" : " Yours is " + address.getHostAddress() + ".";
        return new ErrorPage(403, "Not from here", app + " can be visited from certain addresses only." + yours, 0);
    }

    static ErrorPage maintenance(String app, DoorRules.Maintenance maintenance) {
        String notice = maintenance.notice().isEmpty()
                ? "It will be back soon. This page tries again by itself."
                : maintenance.notice();
        return new ErrorPage(503, app + " is under maintenance", notice, maintenance.retrySeconds());
    }

    static ErrorPage passwordNeeded(String app) {
        return new ErrorPage(UNAUTHORIZED, "A password is needed", app + " is open to invited visitors only.", 0);
    }

    static ErrorPage wrongPassword(String app) {
        return new ErrorPage(UNAUTHORIZED, "Wrong user or password", app + " is open to invited visitors only.", 0);
    }

    static ErrorPage tooManyGuesses() {
        return new ErrorPage(
                429, "Too many wrong passwords", "They came from your address. Try again in a minute.", SOON);
    }

    static ErrorPage busy(String app) {
        return new ErrorPage(
                503, app + " is busy", "Too many passwords wait to be checked. Try again in a moment.", VERY_SOON);
    }

    static ErrorPage rulesUnknown() {
        return new ErrorPage(
                503,
                "Apps can't be visited yet",
                "The server has just started and can't read yet whom each app lets in. This page tries again by itself.",
                VERY_SOON);
    }

    static ErrorPage tooLarge(String app, long most) {
        return new ErrorPage(413, "Too large", app + " takes at most " + size(most) + " in one request.", 0);
    }

    private static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        String number =
                value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
        return number + " " + units[unit];
    }
}
