package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentLengthTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "00, 0",
        "1024, 1024",
        "999999999999999999, 999999999999999999",
        "9999999999999999999, 9223372036854775807",
        "'', -1",
        "+5, -1",
        "-5, -1",
        "5 , 5",
        "'5 5', -1",
        "0x5, -1",
        "٥, -1",
    })
    void isTakenInDigitsAlone(String written, long length) {
        assertThat(ContentLength.of(MultiMap.caseInsensitiveMultiMap().add("content-length", written)))
                .isEqualTo(length);
    }

    @Test
    void mayNotBeSaid() {
        assertThat(ContentLength.of(MultiMap.caseInsensitiveMultiMap())).isEqualTo(ContentLength.UNKNOWN);
    }
}
