package dev.slipway.worker.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
    @ParameterizedTest
    @CsvSource({
        "NPM_TOKEN, true",
        "DB_PASSWORD, true",
        "dbpasswd, true",
        "SECRET_KEY_BASE, true",
        "AWS_ACCESS_KEY_ID, true",
        "PRIVATE_KEY, true",
        "API_KEY, true",
        "GITHUB_PAT, true",
        "NODE_ENV, false",
        "KEYBOARD, false",
        "PATHS, false",
        "MONKEY, false",
    })
    void valuesOfArgumentsWithSecretNamesAreHidden(String name, boolean hidden) {
        assertThat(Mask.of(Map.of(name, "abcd1234"), List.of()).hide("x abcd1234 y"))
                .isEqualTo(hidden ? "x *** y" : "x abcd1234 y");
    }

    @Test
    void secretsAreHiddenAsTheyAreLineByLineAndInBase64() {
        Mask mask = Mask.of(Map.of(), List.of("correct horse", "-----BEGIN\nMIIEvQ\n-----END"));
        assertThat(mask.hide("it is correct horse.")).isEqualTo("it is ***.");
        assertThat(mask.hide("MIIEvQ")).isEqualTo("***");
        assertThat(mask.hide("Y29ycmVjdCBob3JzZQ==")).isEqualTo("***==");
        assertThat(mask.hide("Y29ycmVjdCBob3JzZQo=")).isEqualTo("***=");
        assertThat(mask.hide("incorrect horses")).isEqualTo("in***s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cloning https://ada:s3cret@git.example.com/x | cloning https://***@git.example.com/x",
                "https://example.com/a:b@c | https://example.com/a:b@c",
                "postgres://u:p@h/db and http://h | postgres://***@h/db and http://h",
            })
    void credentialsInUrlsAreHidden(String text, String shown) {
        assertThat(Mask.of(Map.of(), List.of()).hide(text)).isEqualTo(shown);
    }
}
