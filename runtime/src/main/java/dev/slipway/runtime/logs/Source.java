package dev.slipway.runtime.logs;

import dev.slipway.runtime.engine.Output;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A container whose output is kept, under a number that stands for it in the records. Guarded by its [AppLog].
final class Source {
    private static final Pattern RELEASE = Pattern.compile("[^.]*-([0-9]{1,9})(\\.[a-z0-9-]+)?-[a-z0-9]+");

    final int number;
    final String container;
    final String instance;
    private Mark out;
    private Mark err;

    Source(int number, String container, String instance, Mark out, Mark err) {
        this.number = number;
        this.container = container;
        this.instance = instance;
        this.out = out;
        this.err = err;
    }

    /// The number of its release, which is part of an instance's id.
    static int releaseOf(String instance) {
        Matcher id = RELEASE.matcher(instance);
        return id.matches() ? Integer.parseInt(id.group(1)) : 0;
    }

    Mark mark(Output.Stream stream) {
        return stream == Output.Stream.STDOUT ? out : err;
    }

    /// When the newest kept line came.
    Instant latest() {
        return out.at().isAfter(err.at()) ? out.at() : err.at();
    }

    void kept(Output.Stream stream, Instant at) {
        switch (stream) {
            case STDOUT -> out = out.after(at);
            case STDERR -> err = err.after(at);
        }
    }
}
