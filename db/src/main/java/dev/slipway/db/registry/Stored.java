package dev.slipway.db.registry;

import java.util.List;

/// What became of a [NewManifest].
public sealed interface Stored {

    /// Manifest, references and tags are committed.
    record Whole() implements Stored {}

    /// Nothing was stored: the repository lacks what it refers to.
    record Missing(List<Descriptor> descriptors) implements Stored {
        public Missing {
            descriptors = List.copyOf(descriptors);
        }
    }

    /// Nothing was stored: the content that `descriptor` names has another size.
    record WrongSize(Descriptor descriptor, long actual) implements Stored {}

    /// Nothing was stored: `tag` names a version of the app's image, which is another one.
    record TagOfVersion(Reference.Tag tag) implements Stored {}
}
