package dev.slipway.runtime.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The engine's answer to a request (HTTP/1.1, RFC 9112), its body still to be read.
///
/// @param fields of the header, by names in any case
record Answer(int status, Map<String, String> fields, InputStream body) {
    private static final int LINE_LIMIT = 16 << 10;
    private static final int FIELDS_LIMIT = 100;
    private static final int CHUNK_END = 2;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})[ \\t]*(;.*)?");

    /// Reads the head.
    static Answer read(InputStream in) throws IOException {
        String first = line(in);
        Matcher status = STATUS.matcher(first);
        if (!status.matches()) {
            throw new IOException("its answer isn't HTTP");
        }
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || fields.size() >= FIELDS_LIMIT) {
                throw new IOException("its answer has a malformed header");
            }
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status.group(1)), fields, body(fields, in));
    }

    private static InputStream body(Map<String, String> fields, InputStream in) throws IOException {
        if (fields.containsKey("Transfer-Encoding")) {
            if (!"chunked".equalsIgnoreCase(fields.get("Transfer-Encoding"))) {
                throw new IOException("its answer has an unknown transfer encoding");
            }
            return new Chunked(in);
        }
        String length = fields.get("Content-Length");
        if (length == null) {
            return in;
        }
        if (!LENGTH.matcher(length).matches()) {
            throw new IOException("its answer has a malformed length");
        }
        return new Piece(in, Long.parseLong(length));
    }

    private static String line(InputStream in) throws IOException {
        return Lines.next(in, LINE_LIMIT).orElseThrow(() -> new EOFException("it hung up"));
    }

    /// A header field's value.
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// A body, or a part of it, of known length.
    private static class Piece extends InputStream {
        final InputStream in;
        private long left;

        Piece(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        /// Looks for the next piece when one has been read.
        ///
        /// @return its length, 0 at the end of the body
        long next() throws IOException {
            return 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                left = next();
            }
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw new EOFException("it hung up in the middle of an answer");
            }
            left -= count;
            return count;
        }

        /// Between two chunks this counts what is left of the one and belongs to the next.
        @Override
        public int available() throws IOException {
            int here = in.available();
            return left > 0 ? (int) Math.min(left, here) : Math.clamp(here - CHUNK_END, 0, 1);
        }
    }

    /// A body in chunks (section 7.1).
    private static final class Chunked extends Piece {
        private boolean begun;
        private boolean ended;

        Chunked(InputStream in) {
            super(in, 0);
        }

        @Override
        long next() throws IOException {
            if (ended) {
                return 0;
            }
            if (begun && !line(in).isEmpty()) {
                throw new IOException("its answer has a malformed chunk");
            }
            begun = true;
            Matcher size = CHUNK.matcher(line(in));
            if (!size.matches()) {
                throw new IOException("its answer has a malformed chunk");
            }
            long length = Long.parseLong(size.group(1), 16);
            if (length == 0) {
                ended = true;
                skipTrailer();
            }
            return length;
        }

        private void skipTrailer() throws IOException {
            for (int fields = 0; !line(in).isEmpty(); fields++) {
                if (fields >= FIELDS_LIMIT) {
                    throw new IOException("its answer has too long a trailer");
                }
            }
        }
    }
}
