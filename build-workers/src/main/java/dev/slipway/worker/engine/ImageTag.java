package dev.slipway.worker.engine;

/// A name for an image in the engine: `repository:tag`, where the repository may begin with a registry's host
/// and port.
public record ImageTag(String repository, String tag) {
    static ImageTag parse(String reference) {
        int colon = reference.lastIndexOf(':');
        if (colon <= reference.lastIndexOf('/')) {
            return new ImageTag(reference, "latest");
        }
        return new ImageTag(reference.substring(0, colon), reference.substring(colon + 1));
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
