package dev.slipway.platform.api;

import dev.slipway.platform.domains.CertificateService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Certificates for apps' own domains, and for the platform's own names.
@Tag(name = "Domains")
@RestController
@RequestMapping("/api/v1")
class CertificateController {
    private final CertificateService certificates;

    CertificateController(CertificateService certificates) {
        this.certificates = certificates;
    }

    @Operation(operationId = "listCertificates", summary = "The app's certificates, the ones that hold longest first")
    @GetMapping("/apps/{app}/certificates")
    Page<CertificateItem> list(@PathVariable String app) {
        return Page.whole(
                certificates.list(app).stream().map(CertificateItem::of).toList());
    }

    @Operation(
            operationId = "addCertificate",
            summary = "Upload a certificate for the app's domains; the next visitor is shown it")
    @PostMapping("/apps/{app}/certificates")
    @ResponseStatus(HttpStatus.CREATED)
    CertificateItem add(@PathVariable String app, @Valid @RequestBody NewCertificate wish, Principal caller) {
        return CertificateItem.of(certificates.upload(app, wish.toUpload(), caller.getName()));
    }

    @Operation(operationId = "removeCertificate", summary = "Remove a certificate of the app")
    @DeleteMapping("/apps/{app}/certificates/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String app, @PathVariable long id, Principal caller) {
        certificates.remove(app, id, caller.getName());
    }

    @Operation(
            operationId = "listPlatformCertificates",
            summary = "Certificates for the platform's own names, the ones that hold longest first")
    @GetMapping("/certificates")
    Page<CertificateItem> listPlatforms() {
        return Page.whole(
                certificates.list(null).stream().map(CertificateItem::of).toList());
    }

    @Operation(
            operationId = "addPlatformCertificate",
            summary = "Upload a certificate for the dashboard and the apps' names below the platform's domain")
    @PostMapping("/certificates")
    @ResponseStatus(HttpStatus.CREATED)
    CertificateItem addPlatforms(@Valid @RequestBody NewCertificate wish, Principal caller) {
        return CertificateItem.of(certificates.upload(null, wish.toUpload(), caller.getName()));
    }

    @Operation(operationId = "removePlatformCertificate", summary = "Remove a certificate of the platform")
    @DeleteMapping("/certificates/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removePlatforms(@PathVariable long id, Principal caller) {
        certificates.remove(null, id, caller.getName());
    }
}
