package dev.slipway.bench;

import java.nio.file.Path;
import java.util.List;

/// One set of measurements, `./slipway bench NAME`. Prints its table and returns its figures.
interface Benchmark {
    /// What every benchmark works with.
    ///
    /// @param scratch a directory of its own, deleted afterwards
    /// @param quick at most a minute of measuring
    record Setting(Platform platform, Engine engine, Path scratch, boolean quick) {}

    List<Figure> run(Setting setting);
}
