package dev.slipway.platform.domains;

import dev.slipway.db.domains.DomainSettings;

/// What a person gives to add a domain.
///
/// @param host in any script, perhaps `*.example.com`
/// @param path which paths of it, `/` for all
public record DomainDraft(String host, String path, DomainSettings settings) {}
