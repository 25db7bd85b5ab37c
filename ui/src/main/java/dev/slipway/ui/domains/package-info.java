/// The pages about an app's own domains and their certificates.
@NullMarked
package dev.slipway.ui.domains;

import org.jspecify.annotations.NullMarked;
