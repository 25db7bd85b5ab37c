package dev.slipway.ui.preview;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.volumes.MountPath;
import dev.slipway.db.volumes.Mounting;
import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeName;
import dev.slipway.db.volumes.VolumeSize;
import dev.slipway.db.volumes.VolumeStore;
import java.time.Instant;
import java.util.List;

/// Volumes of an app: one in use, one that was only just added, one that is kept.
final class SampleVolumes {
    private final VolumeStore volumes;

    SampleVolumes(Database database) {
        this.volumes = new VolumeStore(database);
    }

    void of(App app) {
        Volume uploads = add(app, "uploads", "/srv/shop/uploads");
        volumes.sized(uploads.id(), new VolumeSize(18_400_000_000L, true, Instant.now()));
        add(app, "search-index", "/var/lib/search");
        Volume old = add(app, "sqlite", "/data");
        volumes.sized(old.id(), new VolumeSize(52_300_000, true, Instant.now()));
        volumes.detach(old);
    }

    private Volume add(App app, String name, String path) {
        return volumes.create(
                new VolumeStore.Owner(app.id(), app.name().value(), new VolumeName(name)),
                new Mounting(new MountPath(path), Processes.WEB, List.of()),
                "ada");
    }
}
