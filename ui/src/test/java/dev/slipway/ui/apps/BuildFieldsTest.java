package dev.slipway.ui.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildFieldsTest {
    @Test
    void buildArgumentsAreOneALine() {
        assertThat(BuildFields.arguments("A=1\n\n B = two words \nC=x=y\n"))
                .isEqualTo(Map.of("A", "1", "B", "two words", "C", "x=y"));
        assertThat(BuildFields.arguments("")).isEmpty();
    }

    @Test
    void aLineWithoutAnEqualsSignIsRefused() {
        assertThatThrownBy(() -> BuildFields.arguments("A=1\nnonsense"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"nonsense\" isn't");
    }

    @Test
    void namesOfSecretsAreSeparatedByCommasOrBlanks() {
        assertThat(BuildFields.names(" A, B  C\n,D,")).containsExactly("A", "B", "C", "D");
        assertThat(BuildFields.names(" ")).isEmpty();
    }
}
