package dev.slipway.platform;

import dev.slipway.db.apps.AppName;
import java.util.Map;

/// The addresses shown to people. `httpPort` is the front door's; `scheme` is what visitors see.
public record Addresses(String scheme, String domain, int httpPort) {

    public static Addresses fromEnvironment(Map<String, String> environment) {
        return new Addresses(
                environment.getOrDefault("SLIPWAY_SCHEME", "http"),
                environment.getOrDefault("SLIPWAY_DOMAIN", "localhost"),
                Integer.parseInt(environment.getOrDefault("SLIPWAY_HTTP_PORT", "8080")));
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

    private String authority(String host) {
        boolean standard = scheme.equals("http") && httpPort == 80 || scheme.equals("https") && httpPort == 443;
        return standard ? host : host + ":" + httpPort;
    }
}
