/// What a build is made from: a commit's files as Docker's build context, straight from the Git objects. Knows
/// nothing of builds and the database.
@NullMarked
package dev.slipway.worker.context;

import org.jspecify.annotations.NullMarked;
