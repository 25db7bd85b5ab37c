/// `docker build` by BuildKit: its command line, its progress, and what went wrong when it failed. Pure but for
/// the parsing of streams.
@NullMarked
package dev.slipway.worker.buildkit;

import org.jspecify.annotations.NullMarked;
