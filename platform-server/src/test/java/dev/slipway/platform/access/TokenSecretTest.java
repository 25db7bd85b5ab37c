package dev.slipway.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {
    @Test
    void secretsAreLongRandomAndNeverPrintedWhole() {
        TokenSecret secret = TokenSecret.random();
        assertThat(secret.value())
                .matches("slw_[0-9A-Za-z]{40}")
                .isNotEqualTo(TokenSecret.random().value());
        assertThat(TokenSecret.parse(secret.value())).contains(secret);
        assertThat(secret.toString()).isEqualTo(secret.hint() + "…").hasSize(9);
        assertThat(secret.hash()).hasSize(32).isEqualTo(new TokenSecret(secret.value()).hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "slw_",
                "slw_wrong",
                "hunter2",
                "SLW_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "slw_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-"
            })
    void whatIsntATokenIsntLookedUp(String text) {
        assertThat(TokenSecret.parse(text)).isEmpty();
    }
}
