package dev.slipway.db.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    @TempDir
    Path home;

    @Test
    void whatWasEncryptedIsReadAfterARestart() throws Exception {
        byte[] sealed = MasterKey.loadOrCreate(home).encrypt("webhook", "geheim");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("geheim");
        assertThat(MasterKey.loadOrCreate(home).decrypt("webhook", sealed)).isEqualTo("geheim");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys/master.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretIsBoundToItsPurposeAndCannotBeChanged() {
        MasterKey key = MasterKey.ephemeral();
        byte[] sealed = key.encrypt("webhook", "geheim");
        assertThatThrownBy(() -> key.decrypt("repository", sealed)).isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> key.decrypt("webhook", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key.decrypt("webhook", new byte[3])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void programsThatStartAtOnceEndWithTheSameKey() throws Exception {
        try (var programs = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> starts = java.util.Collections.nCopies(
                    8, () -> MasterKey.loadOrCreate(home).derive("registry/worker"));
            assertThat(programs.invokeAll(starts).stream()
                            .map(f -> f.resultNow())
                            .distinct())
                    .hasSize(1);
        }
    }
}
