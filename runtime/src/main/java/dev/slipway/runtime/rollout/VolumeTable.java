package dev.slipway.runtime.rollout;

import dev.slipway.db.volumes.Volume;
import dev.slipway.db.volumes.VolumeStore;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.Mount;
import dev.slipway.runtime.engine.VolumeSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which volumes apps have by the tables.
final class VolumeTable {
    private final VolumeStore store;

    VolumeTable(VolumeStore store) {
        this.store = store;
    }

    /// What is attached at one moment, by app id.
    record Attached(Map<Long, List<Volume>> volumes) {

        /// With the volumes that instances of its type have.
        InstanceSpec equip(InstanceSpec spec) {
            return spec.with(volumes.getOrDefault(spec.appId(), List.of()).stream()
                    .filter(volume -> volume.mountedBy(spec.type()))
                    .map(volume -> storage(volume, spec.type()))
                    .toList());
        }
    }

    Attached attached() {
        return new Attached(
                store.all().stream().filter(Volume::attached).collect(Collectors.groupingBy(Volume::appId)));
    }

    private static Storage storage(Volume volume, String type) {
        String of = volume.app() + "/" + volume.name();
        Map<String, String> labels = Map.of(Labels.APP, Long.toString(volume.appId()), Labels.VOLUME, of);
        return new Storage(
                volume.id(),
                of,
                new VolumeSpec(volume.storage(), labels, volume.made()),
                new Mount(volume.storage(), volume.mounting().path().value(), !volume.writtenBy(type)));
    }

    /// It is in the engine now.
    void made(Storage storage) {
        store.made(storage.id());
    }
}
