package dev.slipway.db.testing;

import dev.slipway.db.Database;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.BlobStore;
import dev.slipway.db.registry.Descriptor;
import dev.slipway.db.registry.ManifestStore;
import dev.slipway.db.registry.NewManifest;
import dev.slipway.db.registry.Reference;
import dev.slipway.db.registry.RepositoryName;
import dev.slipway.db.registry.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// An image that is whole in an app's repository of the registry, as a worker's push leaves it; layers have the
/// texts given.
public final class StoredImage {
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final Database database;
    private final Path registry;
    private final RepositoryName repository;
    private final List<Reference.Tag> tags;

    /// @param registry the registry's directory in the home
    public StoredImage(Database database, Path registry, String app) {
        this(database, registry, new RepositoryName(app), List.of());
    }

    private StoredImage(Database database, Path registry, RepositoryName repository, List<Reference.Tag> tags) {
        this.database = database;
        this.registry = registry;
        this.repository = repository;
        this.tags = tags;
    }

    /// With the tag under which the worker of this build pushes it.
    public StoredImage ofBuild(int number) {
        return new StoredImage(database, registry, repository, List.of(new Reference.Tag("b" + number)));
    }

    /// What the build of it ended with.
    public BuildOutcome.Succeeded store(String config, String... layers) {
        Descriptor configuration = blob(config);
        List<Descriptor> blobs = new ArrayList<>(List.of(configuration));
        for (String layer : layers) {
            blobs.add(blob(layer));
        }
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",\"config\":" + json(configuration)
                + ",\"layers\":["
                + blobs.stream().skip(1).map(StoredImage::json).collect(Collectors.joining(","))
                + "]}";
        byte[] content = manifest.getBytes(StandardCharsets.UTF_8);
        Digest digest = digest(content);
        Stored stored = new ManifestStore(database)
                .put(new NewManifest(repository, digest, TYPE, content, blobs, List.of(), null, null, tags));
        if (!(stored instanceof Stored.Whole)) {
            throw new AssertionError("not stored: " + stored);
        }
        long size = blobs.stream().mapToLong(Descriptor::size).sum();
        return new BuildOutcome.Succeeded(digest, configuration.digest(), size, 8000);
    }

    private Descriptor blob(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Descriptor blob = new Descriptor(digest(content), content.length);
        try {
            Path file = file(registry, blob.digest());
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new BlobStore(database).add(repository, blob);
        return blob;
    }

    /// Where the registry keeps a blob.
    public static Path file(Path registry, Digest digest) {
        return registry.resolve("blobs")
                .resolve(digest.algorithm())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    /// Of a blob with this text.
    public static Digest digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Digest digest(byte[] content) {
        try {
            return new Digest("sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String json(Descriptor blob) {
        return "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"" + blob.digest()
                + "\",\"size\":" + blob.size() + "}";
    }
}
