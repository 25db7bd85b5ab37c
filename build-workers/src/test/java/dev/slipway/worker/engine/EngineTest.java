package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.images.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    private static final Digest NOWHERE = new Digest("sha256:" + "0".repeat(64));
    private final Engine engine = Engine.at("unix:///var/run/docker.sock");

    @Test
    void theEngineAnswersAndSaysWhatItDoesNotHave() throws Exception {
        engine.ping();
        assertThatThrownBy(() -> engine.inspect(NOWHERE))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessageContaining("No such image");
        engine.untag(new ImageTag("slipway-nothing/here", "b1"));
        assertThat(engine.tags("slipway-nothing/here", "dev.slipway.installation=x"))
                .isEmpty();
    }

    @Test
    void aBuildCacheWithinItsBoundStays() throws Exception {
        assertThat(engine.trimBuildCache(Long.MAX_VALUE)).isZero();
    }

    @Test
    void anEngineThatIsAwayHasStatusZero() {
        assertThatThrownBy(Engine.at("unix:///nowhere/docker.sock")::ping)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.status()).isZero());
        assertThatThrownBy(Engine.at("tcp://127.0.0.1:1")::ping)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> Engine.at("ssh://elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DOCKER_HOST");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "8080/tcp 443/tcp, 443",
                "53/udp, -",
                "53/udp 9000/tcp, 9000",
                "80, 80",
                "99999/tcp 0/tcp, -",
                "x/tcp, -",
            })
    void theLowestTcpPortCounts(String exposed, @Nullable Integer port) {
        assertThat(ImageFacts.lowestTcpPort(List.of(exposed.split(" ")))).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8081/shop:b1, 127.0.0.1:8081/shop, b1",
        "slipway-abc/shop:b12, slipway-abc/shop, b12",
        "localhost:5000/x, localhost:5000/x, latest"
    })
    void tagsAreTakenApart(String reference, String repository, String tag) {
        assertThat(ImageTag.parse(reference)).isEqualTo(new ImageTag(repository, tag));
    }

    @Test
    void aPasswordShowsNowhere() {
        assertThat(new Credentials("slipway-worker", "s3cret", "127.0.0.1:8081").toString())
                .isEqualTo("slipway-worker@127.0.0.1:8081");
    }
}
