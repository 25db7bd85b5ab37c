package dev.slipway.runtime.engine;

import java.util.List;
import java.util.Map;

/// Names of the labels on our containers, networks and volumes.
public final class Labels {
    public static final String INSTALLATION = "dev.slipway.installation";
    /// App id.
    public static final String APP = "dev.slipway.app";
    /// Release id; absent when the container was started before its release was made.
    public static final String RELEASE = "dev.slipway.release";
    /// Build id; present when the container was started for a build.
    public static final String BUILD = "dev.slipway.build";
    public static final String INSTANCE = "dev.slipway.instance";
    /// Name of the instance's process type; absent on those from before there were such: web.
    public static final String PROCESS = "dev.slipway.process";
    /// Name of the run that it is the container of; such a one has no [#INSTANCE].
    public static final String RUN = "dev.slipway.run";
    /// Name of the terminal that it is the container of; such a one has neither [#INSTANCE] nor [#RUN].
    public static final String TERMINAL = "dev.slipway.terminal";
    /// Fingerprint of everything that makes the container what it is.
    public static final String SPEC = "dev.slipway.spec";
    /// What it was told to listen on.
    public static final String PORT = "dev.slipway.port";

    /// How long its requests in flight may take.
    public static final String DRAIN_SECONDS = "dev.slipway.drain-seconds";

    /// On a volume: the app that it was made for, and its name there.
    public static final String VOLUME = "dev.slipway.volume";
    /// Names of the volumes that the container can write, separated by commas.
    public static final String WRITES = "dev.slipway.writes";

    private Labels() {}

    /// Chooses what belongs to an installation.
    static String filter(String installation) {
        return Request.filters(Map.of("label", List.of(INSTALLATION + "=" + installation)));
    }
}
