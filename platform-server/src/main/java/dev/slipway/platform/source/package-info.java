/// Git in: hosted repositories over smart HTTP, watched repositories, webhooks; each new head of an app's
/// branch becomes a build.
@NullMarked
package dev.slipway.platform.source;

import org.jspecify.annotations.NullMarked;
