package dev.slipway.db;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.db", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.slipway.db.(*)..")
            .should()
            .beFreeOfCycles()
            .because("one package is one part of the domain, and can be read without the ones that use it");

    @ArchTest
    static final ArchRule THE_DATABASE_KNOWS_NO_DOMAIN = noClasses()
            .that()
            .resideInAPackage("dev.slipway.db")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.db.*..")
            .because("connections, migrations and the bell serve the domain and don't know it");

    @ArchTest
    static final ArchRule ONLY_EMBEDDED_STARTS_PROGRAMS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.db.embedded..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .because("the domain has no effects but SQL");
}
