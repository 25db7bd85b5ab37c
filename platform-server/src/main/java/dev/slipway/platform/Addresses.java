package dev.slipway.platform;

import dev.slipway.db.apps.AppName;
import java.util.Map;

/// The addresses shown to people. The ports are the front door's, `httpsPort` 0 when it doesn't serve https
/// itself; `scheme` is what visitors see.
public record Addresses(String scheme, String domain, int httpPort, int httpsPort) {

    public static Addresses fromEnvironment(Map<String, String> environment) {
        return new Addresses(
                environment.getOrDefault("SLIPWAY_SCHEME", "http"),
                environment.getOrDefault("SLIPWAY_DOMAIN", "localhost"),
                Integer.parseInt(environment.getOrDefault("SLIPWAY_HTTP_PORT", "8080")),
                Integer.parseInt(environment.getOrDefault("SLIPWAY_HTTPS_PORT", "0")));
    }

    public String dashboard() {
        return scheme + "://" + authority(domain);
    }

    public String app(AppName app) {
        return scheme + "://" + authority(app + "." + domain);
    }

    /// The app's page in the dashboard.
    public String page(AppName app) {
        return dashboard() + "/apps/" + app;
    }

    public String git(AppName app) {
        return dashboard() + "/git/" + app + ".git";
    }

    public String hook(AppName app) {
        return dashboard() + "/hooks/" + app;
    }

    /// An image's name for `docker pull`.
    public String image(AppName app, int version) {
        return authority(domain) + "/" + app + ":v" + version;
    }

    /// The front door serves https itself.
    public boolean servesHttps() {
        return httpsPort > 0;
    }

    /// Of an app's own domain; `certified`: there is a certificate for it.
    public String custom(String host, boolean certified) {
        if (servesHttps()) {
            return certified ? "https://" + withPort(host, httpsPort, 443) : "http://" + withPort(host, httpPort, 80);
        }
        return scheme + "://" + authority(host);
    }

    private String authority(String host) {
        if (scheme.equals("https")) {
            return servesHttps() ? withPort(host, httpsPort, 443) : withPort(host, httpPort, 443);
        }
        return withPort(host, httpPort, 80);
    }

    private static String withPort(String host, int port, int standard) {
        return port == standard ? host : host + ":" + port;
    }
}
