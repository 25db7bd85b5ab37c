package dev.slipway.platform.domains;

import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrder;
import dev.slipway.db.domains.Domain;
import org.jspecify.annotations.Nullable;

/// A domain with what there is to know about it now.
///
/// @param dns where it leads
/// @param certificate what visitors of https are shown, null when there is none
/// @param order how its automatic certificate goes, null when none is wanted
public record DomainView(
        Domain domain,
        String url,
        DnsAnswer dns,
        @Nullable Certificate certificate,
        @Nullable CertificateOrder order) {}
