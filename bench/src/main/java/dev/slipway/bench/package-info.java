/// Measurements on a running platform, from outside: by git, HTTP, the launcher and the container engine.
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
