package dev.slipway.ui.domains;

import dev.slipway.platform.Addresses;
import dev.slipway.platform.domains.CertificateService;
import dev.slipway.platform.domains.DomainService;
import dev.slipway.platform.domains.DomainViews;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;
import org.springframework.stereotype.Component;

/// What the page of an app's domains is made from.
@Component
record DomainParts(
        DomainService domains,
        DomainViews views,
        CertificateService certificates,
        Addresses addresses,
        LiveUpdates live,
        CurrentUser user) {}
