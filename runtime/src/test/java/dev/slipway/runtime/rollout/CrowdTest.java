package dev.slipway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrowdTest {
    /// Each word is an app, each sign an instance of it: `+` passes its check, `-` fails it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            instances   | suffers
            ''          | false
            -           | false
            - -         | false
            - - -       | true
            - - - +     | true
            - - - + + + | false
            --- ---     | false
            ---- + +    | false
            -+ -+ -+    | false
            -+ -- --    | true
            """, useHeadersInDisplayName = true)
    void mostInstancesOfSeveralAppsHaveToFailAtOnce(String instances, boolean suffers) {
        List<Crowd.Member> members = new ArrayList<>();
        String[] apps = instances.split(" ");
        for (int app = 0; app < apps.length; app++) {
            for (char sign : apps[app].toCharArray()) {
                members.add(new Crowd.Member(app, sign == '-'));
            }
        }
        assertThat(Crowd.suffers(members)).isEqualTo(suffers);
    }
}
