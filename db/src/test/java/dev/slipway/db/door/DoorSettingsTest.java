package dev.slipway.db.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Json;
import dev.slipway.db.addresses.AddressRange;
import dev.slipway.db.secrets.PasswordHash;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorSettingsTest {
    private static final AddressRange OFFICE = AddressRange.parse("203.0.113.0/24");

    @Test
    void areReadAsTheyWereWritten() {
        DoorSettings settings = new DoorSettings(
                new DoorSettings.Maintenance(true, " Back\nat noon. ", 600, List.of(OFFICE)),
                List.of(OFFICE, AddressRange.parse("2001:db8::/32"), OFFICE),
                new DoorSettings.Limits(1_000L, 30),
                true);
        assertThat(settings.maintenance().notice()).isEqualTo("Back\nat noon.");
        assertThat(settings.allowed()).hasSize(2);
        assertThat(Json.read(Json.write(settings), DoorSettings.class)).isEqualTo(settings);
        assertThat(Json.read(Json.write(DoorSettings.DEFAULT), DoorSettings.class))
                .isEqualTo(DoorSettings.DEFAULT);
    }

    @Test
    void maintenanceThatIsOffIsNoticedByNobody() {
        DoorSettings prepared =
                DoorSettings.DEFAULT.with(new DoorSettings.Maintenance(false, "Back at noon.", 600, List.of(OFFICE)));
        assertThat(prepared.isUsual()).isTrue();
        assertThat(prepared.with(prepared.maintenance().turned(true)).isUsual()).isFalse();
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> new DoorSettings.Maintenance(true, "x".repeat(501), 300, List.of()))
                .hasMessageContaining("500 characters");
        assertThatThrownBy(() -> new DoorSettings.Maintenance(true, "a\u0007b", 300, List.of()))
                .hasMessageContaining("500 characters");
        assertThatThrownBy(() -> new DoorSettings.Maintenance(true, null, 4, List.of()))
                .hasMessageContaining("5 seconds");
        assertThatThrownBy(() -> new DoorSettings.Limits(-1L, null)).hasMessageContaining("1 TiB");
        assertThatThrownBy(() -> new DoorSettings.Limits(null, 0)).hasMessageContaining("1 hour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a b", "-a", "a/b", "ä", "a\n"})
    void aVisitorsNameFitsIntoAHeaderField(String name) {
        assertThatThrownBy(() -> new DoorUser(1, name, PasswordHash.ofNothing(), "ada", Instant.EPOCH))
                .hasMessageContaining("64 letters");
        assertThat(new DoorUser(1, "anna.b@example.com", PasswordHash.ofNothing(), "ada", Instant.EPOCH).name())
                .isEqualTo("anna.b@example.com");
    }
}
