package dev.slipway.runtime.logs;

import dev.slipway.runtime.engine.Output;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts the pieces of long lines together, which have one time and one stream, and cuts what is too long.
final class LineJoiner {
    /// A whole line.
    record Line(Output.Stream stream, Instant at, String text, int bytes) {}

    private final Map<Output.Stream, Open> open = new EnumMap<>(Output.Stream.class);

    private static final class Open {
        final Instant at;
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        long beyond;

        Open(Instant at) {
            this.at = at;
        }

        void add(byte[] more) {
            int room = Math.min(more.length, LineText.LONGEST - text.size());
            text.write(more, 0, room);
            beyond += more.length - room;
        }
    }

    /// The lines that end before or with this piece.
    List<Line> add(Output.Piece piece) {
        Open line = open.get(piece.stream());
        if (line == null && piece.endsLine()) {
            int length = Math.min(piece.text().length, LineText.LONGEST);
            String text = LineText.of(piece.text(), length, piece.text().length - length);
            return List.of(new Line(piece.stream(), piece.at(), text, length));
        }
        List<Line> ended = new ArrayList<>();
        if (line != null && !line.at.equals(piece.at())) {
            end(piece.stream()).ifPresent(ended::add);
            line = null;
        }
        if (line == null) {
            line = new Open(piece.at());
            open.put(piece.stream(), line);
        }
        line.add(piece.text());
        if (piece.endsLine()) {
            end(piece.stream()).ifPresent(ended::add);
        }
        return ended;
    }

    /// What has no end yet.
    List<Line> end() {
        return Stream.of(Output.Stream.values())
                .flatMap(stream -> end(stream).stream())
                .toList();
    }

    private Optional<Line> end(Output.Stream stream) {
        return Optional.ofNullable(open.remove(stream)).map(line -> {
            byte[] text = line.text.toByteArray();
            return new Line(stream, line.at, LineText.of(text, text.length, line.beyond), text.length);
        });
    }
}
