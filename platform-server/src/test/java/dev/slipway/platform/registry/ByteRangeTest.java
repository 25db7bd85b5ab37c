package dev.slipway.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=5-, 5, 100",
        "bytes=-10, 90, 100",
        "bytes=-1000, 0, 100",
        "bytes=90-1000, 90, 100"
    })
    void aRangeOfAHundredBytes(String header, long start, long end) {
        assertThat(ByteRange.requested(header, 100)).contains(new ByteRange(start, end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,5-6",
                "lines=1-2",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=9-5",
                "bytes=99999999999999999999-"
            })
    void whatIsNoSingleRangeOfBytesIsIgnored(String header) {
        assertThat(ByteRange.requested(header, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=200-300", "bytes=-0"})
    void aRangeOutsideIsNotSatisfiable(String header) {
        assertThatThrownBy(() -> ByteRange.requested(header, 100))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.status()).isEqualTo(416);
                    assertThat(e.headers()).containsEntry("Content-Range", "bytes */100");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5-4", "-5", "5-", "x", "bytes=0-5"})
    void aChunkMustSayWhereItBeginsAndEnds(String header) {
        assertThatThrownBy(() -> ByteRange.chunk(header)).isInstanceOf(RegistryException.class);
    }
}
