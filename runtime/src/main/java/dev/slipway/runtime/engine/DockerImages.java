package dev.slipway.runtime.engine;

import static dev.slipway.runtime.engine.DockerCall.call;
import static dev.slipway.runtime.engine.DockerCall.run;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import dev.slipway.db.images.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The images that builds of one installation made, by the labels that they gave them.
final class DockerImages {
    private static final Logger log = LoggerFactory.getLogger(DockerImages.class);

    private DockerImages() {}

    static List<LocalImage> list(DockerClient docker, String installation) {
        return call(
                        "list images",
                        () -> docker.listImagesCmd()
                                .withLabelFilter(Map.of(Labels.INSTALLATION, installation))
                                .exec())
                .stream()
                .filter(image ->
                        String.valueOf(image.getLabels().get(Labels.APP)).matches("[0-9]{1,18}"))
                .map(DockerImages::local)
                .toList();
    }

    private static LocalImage local(Image image) {
        List<String> names = Stream.concat(names(image.getRepoTags()), names(image.getRepoDigests()))
                .toList();
        return new LocalImage(
                new Digest(image.getId()), Long.parseLong(image.getLabels().get(Labels.APP)), names);
    }

    /// Without the engine's placeholder for none.
    private static Stream<String> names(String @Nullable [] names) {
        return names == null ? Stream.empty() : Arrays.stream(names).filter(name -> !name.startsWith("<none>"));
    }

    static void remove(DockerClient docker, String name) {
        run("remove the image " + name, () -> {
            try {
                docker.removeImageCmd(name).exec();
            } catch (NotFoundException | ConflictException goneOrUsed) {
                log.debug("{} is gone, or used by a container", name);
            }
        });
    }
}
