package dev.slipway.runtime.engine;

/// Where Docker is, whose containers are ours, and where our registry is.
///
/// @param host `unix:///var/run/docker.sock` or `tcp://…`
/// @param installation id that marks our containers and begins their names
/// @param registry `host:port` as Docker reaches it
public record DockerSettings(
        String host, String installation, String registry, String registryUser, String registryPassword) {

    @Override
    public String toString() {
        return "DockerSettings[host=" + host + ", installation=" + installation + ", registry=" + registry + "]";
    }
}
