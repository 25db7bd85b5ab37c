package dev.slipway.db.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    @Test
    void fitsItsPasswordAloneAndTellsNothingOfIt() {
        PasswordHash hash = PasswordHash.of("pässwörd 1");
        assertThat(hash.fits("pässwörd 1")).isTrue();
        assertThat(hash.fits("passwörd 1")).isFalse();
        assertThat(hash.fits("")).isFalse();
        assertThat(hash.written()).startsWith("pbkdf2-sha512$210000$");
        assertThat(hash).hasToString("PasswordHash[***]").isNotEqualTo(PasswordHash.of("pässwörd 1"));
        assertThat(Json.read(Json.write(hash), PasswordHash.class)).isEqualTo(hash);
    }

    /// By `hashlib.pbkdf2_hmac("sha512", b"s3cret", b"saltsalt", 1000, 32)` of another implementation.
    @Test
    void isWhatOthersCompute() {
        assertThat(new PasswordHash("pbkdf2-sha512$1000$c2FsdHNhbHQ=$V1qnWuaiFXgmzPf0YM/jdqQEiIH6J2CA0NqfnKeX9Qw=")
                        .fits("s3cret"))
                .isTrue();
    }

    @Test
    void nothingFitsNothing() {
        assertThat(PasswordHash.ofNothing().fits("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "pbkdf2-sha512$x$c2FsdHNhbHQ=$c2FsdHNhbHQ=",
                "pbkdf2-sha512$99999999$c2FsdHNhbHQ=$c2FsdHNhbHQ="
            })
    void whatIsNoneIsRefused(String written) {
        assertThatThrownBy(() -> new PasswordHash(written)).isInstanceOf(IllegalArgumentException.class);
    }
}
