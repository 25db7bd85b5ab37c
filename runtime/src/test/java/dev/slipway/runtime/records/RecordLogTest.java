package dev.slipway.runtime.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
    @TempDir
    private Path directory;

    private RecordLog open(long most) throws IOException {
        return RecordLog.open(directory, most, () -> List.of(bytes("head")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> read(RecordLog log) throws IOException {
        List<String> found = new ArrayList<>();
        for (long segment : log.segments()) {
            log.read(
                    new Position(segment, 0),
                    (at, all, from, to) -> found.add(new String(all, from, to - from, StandardCharsets.UTF_8)));
        }
        return found;
    }

    private Path newest() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().getLast();
        }
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void whatWasAppendedIsThereAfterItIsOpenedAgain() throws IOException {
        try (RecordLog log = open(1 << 20)) {
            log.append(List.of(bytes("one"), bytes("two")));
        }
        try (RecordLog log = open(1 << 20)) {
            log.append(List.of(bytes("three")));
            assertThat(read(log)).containsExactly("head", "one", "two", "three");
        }
    }

    @Test
    void anyTornTailIsCutOffAndWhatIsBeforeItStays() throws IOException {
        try (RecordLog log = open(1 << 20)) {
            log.append(List.of(bytes("one"), bytes("two")));
        }
        byte[] whole = Files.readAllBytes(newest());
        for (int length = whole.length - 1; length > whole.length - 8 - 3; length--) {
            Files.write(newest(), java.util.Arrays.copyOf(whole, length));
            try (RecordLog log = open(1 << 20)) {
                log.append(List.of(bytes("after")));
                assertThat(read(log)).as("cut to %s bytes", length).containsExactly("head", "one", "after");
            }
            Files.write(newest(), whole);
        }
    }

    @Test
    void aDamagedRecordIsntBelievedNorWhatIsBehindIt() throws IOException {
        try (RecordLog log = open(1 << 20)) {
            log.append(List.of(bytes("one"), bytes("two"), bytes("three")));
        }
        try (RandomAccessFile file = new RandomAccessFile(newest().toFile(), "rw")) {
            file.seek(file.length() - 8 - 5 - 1);
            file.write('x');
        }
        try (RecordLog log = open(1 << 20)) {
            assertThat(read(log)).containsExactly("head", "one");
        }
    }

    @Test
    void theOldestSegmentsGoBeforeThereIsTooMuch() throws IOException {
        long most = 1 << 20;
        try (RecordLog log = open(most)) {
            for (int i = 0; i < 40_000; i++) {
                log.append(List.of(bytes("record " + i + " of many, with some text to fill it up")));
                if (i % 1_000 == 0) {
                    assertThat(size()).isLessThanOrEqualTo(most);
                }
            }
            List<String> left = read(log);
            assertThat(left.getFirst()).isEqualTo("head");
            assertThat(left.getLast()).startsWith("record 39999 ");
            assertThat(size()).isBetween(most - most / 16, most);
        }
        try (RecordLog log = open(most)) {
            assertThat(read(log).getLast()).startsWith("record 39999 ");
            for (int i = 0; i < 2_000; i++) {
                log.append(List.of(bytes("record " + i + " of many, with some text to fill it up")));
            }
            assertThat(size()).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void positionsGrowAndReadAsText() throws IOException {
        try (RecordLog log = open(1 << 20)) {
            Position first = log.append(List.of(bytes("one")));
            log.roll();
            Position second = log.append(List.of(bytes("two")));
            assertThat(second).isGreaterThan(first);
            assertThat(Position.parse(second.toString())).contains(second);
            assertThat(Position.parse("../1")).isEmpty();
            assertThat(read(log)).containsExactly("head", "one", "head", "two");
        }
    }
}
