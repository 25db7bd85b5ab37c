package dev.slipway.runtime.rollout;

import static dev.slipway.runtime.testing.TestPlatform.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Scale;
import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.Release;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.runtime.engine.ImageSource;
import dev.slipway.runtime.engine.Labels;
import dev.slipway.runtime.engine.LocalImage;
import dev.slipway.runtime.testing.TestImages;
import dev.slipway.runtime.testing.TestPlatform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageSweepTest {
    private static final Digest ONE = new Digest("sha256:" + "1".repeat(64));
    private static final Digest TWO = new Digest("sha256:" + "2".repeat(64));
    private static final String PULLED = "127.0.0.1:8081/shop@sha256:" + "a".repeat(64);

    @Test
    void ofADeletedAppAllNamesOfOursGoAndThoseOfPeopleStay() {
        LocalImage image = new LocalImage(
                ONE,
                1,
                List.of("slipway-abc/shop:b1", PULLED, "127.0.0.1:8081/shop:b1", "localhost:8080/shop:v1", "x:1"));
        List<String> ours = List.of("slipway-abc/shop:b1", PULLED, "127.0.0.1:8081/shop:b1");
        assertThat(ImageSweep.superfluous(List.of(image), Map.of())).isEqualTo(ours);
        assertThat(ImageSweep.superfluous(List.of(image), Map.of(1L, Desired.deleted(1))))
                .isEqualTo(ours);
        assertThat(ImageSweep.superfluous(List.of(image), Map.of(1L, starting(TWO))))
                .isEmpty();
    }

    @Test
    void whatWasPulledGoesWhenNoReleaseNeedsIt() {
        List<LocalImage> images = List.of(new LocalImage(ONE, 1, List.of(PULLED)));
        assertThat(ImageSweep.superfluous(images, Map.of(1L, starting(ONE)))).isEmpty();
        assertThat(ImageSweep.superfluous(images, Map.of(1L, starting(TWO)))).containsExactly(PULLED);
    }

    private static Desired starting(Digest image) {
        InstanceSpec spec = new InstanceSpec(
                1, "shop", 1, "web", new ImageSource(image, "shop", null), 0, TestPlatform.PROCESS, 8000);
        return new Desired(1, "shop", false, Scale.of(1), List.of(), Optional.of(new Desired.HeadStart(1, spec)));
    }

    @Test
    void deletingAnAppRemovesItsImagesFromTheEngine() throws IOException {
        try (TestPlatform platform = new TestPlatform()) {
            App shop = platform.app("shop", TestPlatform.PROCESS);
            App other = platform.app("other", TestPlatform.PROCESS);
            Digest live = built(platform, shop, "b2");
            Digest former = built(platform, shop, "b1");
            Digest others = built(platform, other, "b1");
            Release release = platform.release(shop, live, 8000);
            platform.awaitState(release, ReleaseState.LIVE);
            platform.apps.delete(shop.id());
            await().until(() -> !present(live) && !present(former));
            assertThat(present(others)).isTrue();
            assertThat(platform.containers()).isEmpty();
        }
    }

    private static Digest built(TestPlatform platform, App app, String tag) {
        Digest image = TestImages.image("LABEL " + Labels.INSTALLATION + "=" + platform.installation + " " + Labels.APP
                + "=" + app.id() + " tag=" + tag
                + "\nRUN mkdir /www && echo hello > /www/index.html\nEXPOSE 8000\n"
                + "CMD [\"busybox\", \"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n");
        TestImages.docker()
                .tagImageCmd(image.value(), "slipway-" + platform.installation + "/" + app.name(), tag)
                .exec();
        return image;
    }

    private static boolean present(Digest image) {
        try {
            TestImages.docker().inspectImageCmd(image.value()).exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }
}
