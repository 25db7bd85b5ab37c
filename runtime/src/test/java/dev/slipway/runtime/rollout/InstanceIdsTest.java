package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.images.Digest;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.runtime.engine.ImageSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceIdsTest {
    @ParameterizedTest
    @CsvSource({
        "shop, web, shop-7-[a-z0-9]{8}",
        "shop, worker, shop-7\\.worker-[a-z0-9]{8}",
        "shop-7-a, web, shop-7-a-7-[a-z0-9]{8}",
        "shop-7-worker-1, mail-out2, shop-7-worker-1-7\\.mail-out2-[a-z0-9]{8}",
        "7, w-1-2, 7-7\\.w-1-2-[a-z0-9]{8}"
    })
    void theAppsNameIsFoundInAnInstances(String app, String type, String expected) {
        String id = InstanceIds.next(new InstanceSpec(
                1,
                app,
                7,
                type,
                new ImageSource(new Digest("sha256:" + "a".repeat(64)), app, null),
                0,
                ProcessSpec.DEFAULT,
                null));
        assertThat(id).matches(expected);
        assertThat(InstanceIds.app(id)).isEqualTo(app);
    }
}
