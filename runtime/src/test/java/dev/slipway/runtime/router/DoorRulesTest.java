package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.router.DoorRules.Verdict;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorRulesTest {
    private static final Plain ANNAS = new Plain("annas-1");
    private static final Plain NOBODYS = new Plain("nobodys-0");

    private record Plain(String text) implements DoorRules.Password {
        @Override
        public String id() {
            return text;
        }

        @Override
        public boolean fits(String given) {
            return given.equals(text);
        }
    }

    private record Only(String address) implements Addresses {
        @Override
        public boolean contains(InetAddress other) {
            return other.getHostAddress().equals(address);
        }
    }

    /// From 10.0.0.1 and 10.0.0.2 at best, in maintenance from 10.0.0.1 only, 100 bytes at most, only Anna.
    private static DoorRules rules(String words) {
        Addresses both = address -> address.getHostAddress().matches("10\\.0\\.0\\.[12]");
        return new DoorRules(
                "shop",
                7,
                words.contains("list") ? Optional.of(both) : Optional.empty(),
                words.contains("maintenance")
                        ? Optional.of(new DoorRules.Maintenance("Back at noon.", 600, new Only("10.0.0.1")))
                        : Optional.empty(),
                words.contains("password")
                        ? Optional.of(new DoorRules.Guests(Map.of("anna", ANNAS), NOBODYS))
                        : Optional.empty(),
                new DoorRules.Limits(words.contains("limit") ? 100 : Long.MAX_VALUE, Optional.empty()),
                false);
    }

    private static DoorRules.Facts facts(String address, @Nullable String authorization, long length) {
        return new DoorRules.Facts(ClientAddress.parse(address), authorization, length);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // rules, address, length → why not
                "none, 6.6.6.6, 1000000, -",
                "list, 10.0.0.1, 0, -",
                "list, 10.0.0.3, 0, ADDRESS",
                "list, ::ffff:10.0.0.2, 0, -",
                "list, 2001:db8::1, 0, ADDRESS",
                "list, a unix socket, 0, ADDRESS",
                "maintenance, 10.0.0.1, 0, -",
                "maintenance, 10.0.0.2, 0, MAINTENANCE",
                "list maintenance, 10.0.0.2, 0, MAINTENANCE",
                "list maintenance, 6.6.6.6, 0, ADDRESS",
                "limit, 6.6.6.6, 100, -",
                "limit, 6.6.6.6, 101, BODY",
                "maintenance limit, 6.6.6.6, 101, MAINTENANCE",
                "limit password, 6.6.6.6, 101, BODY",
                "password, 6.6.6.6, 0, PASSWORD",
                "maintenance password, 6.6.6.6, 0, MAINTENANCE",
            })
    void theFirstRuleThatRefusesDecides(String words, String address, long length, DoorRules.@Nullable Refusal why) {
        Verdict verdict = rules(words).decide(facts(address, null, length));
        if (why == null) {
            assertThat(verdict).isEqualTo(new Verdict.Enter());
        } else {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Refuse.class,
                            refused -> assertThat(refused.why()).isEqualTo(why));
        }
    }

    @Test
    void aPasswordIsToBeProvenAlsoBySomebodyWhoDoesNotExist() {
        DoorRules rules = rules("password");
        assertThat(rules.decide(facts("6.6.6.6", basic("anna:annas:1"), 0)))
                .isEqualTo(new Verdict.Prove(ANNAS, "anna", "annas:1"));
        assertThat(rules.decide(facts("6.6.6.6", basic("eve:x"), 0))).isEqualTo(new Verdict.Prove(NOBODYS, "eve", "x"));
        assertThat(rules.decide(facts("6.6.6.6", basic("anna:pässwörd"), 0)))
                .isEqualTo(new Verdict.Prove(ANNAS, "anna", "pässwörd"));
    }

    private static String basic(String credentials) {
        return "BASIC " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basic !", "Basic YW5uYQ==", "Negotiate YW5uYTp4", ""})
    void whatIsNoNameWithAPasswordIsAskedForOne(String authorization) {
        assertThat(rules("password").decide(facts("6.6.6.6", authorization, 0)))
                .isInstanceOfSatisfying(
                        Verdict.Refuse.class,
                        refused -> assertThat(refused.page().status()).isEqualTo(401));
    }

    @Test
    void thePageOfMaintenanceSaysWhatItsOwnerWantsAndWhenToComeAgain() {
        Verdict verdict = rules("maintenance").decide(facts("6.6.6.6", null, 0));
        ErrorPage page = ((Verdict.Refuse) verdict).page();
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.text()).isEqualTo("Back at noon.");
        assertThat(page.retryAfter()).isEqualTo(600);
    }

    @Test
    void onlyWhatDecidesWhoComesInMakesWebSocketsComeAnew() {
        DoorRules before = rules("maintenance password");
        assertThat(rules("maintenance password limit").admitsOthersThan(before)).isFalse();
        assertThat(rules("password").admitsOthersThan(before)).isTrue();
        assertThat(rules("maintenance").admitsOthersThan(before)).isTrue();
    }

    @Test
    void aTimeLimitOfItsOwnGoesBeforeTheUsual() {
        DoorRules own = new DoorRules(
                "shop",
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new DoorRules.Limits(5, Optional.of(Duration.ofSeconds(7))),
                true);
        assertThat(own.terms(Duration.ofSeconds(120)))
                .isEqualTo(new Terms(Duration.ofSeconds(7), 5, 7, Optional.of(own)));
        assertThat(rules("none").terms(Duration.ofSeconds(120)))
                .isEqualTo(new Terms(Duration.ofSeconds(120), Long.MAX_VALUE, 0, Optional.of(rules("none"))));
    }
}
