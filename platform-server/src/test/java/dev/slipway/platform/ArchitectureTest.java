package dev.slipway.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.platform", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES = slices().matching("dev.slipway.platform.(*)..")
            .should()
            .beFreeOfCycles()
            .because("one package is one feature, and can be read without the ones that use it");

    @ArchTest
    static final ArchRule SQL_IS_IN_DB = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
            .because("SQL stands beside its row mapper in db, and nowhere else");

    @ArchTest
    static final ArchRule NO_PROGRAMS_ARE_STARTED = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class)
            .because("Git is JGit here, and builds and containers belong to the other programs");

    @ArchTest
    static final ArchRule THE_REGISTRY_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("..registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..platform.api..", "..platform.source..", "..platform.builds..", "..platform.releases..")
            .because("a registry knows repositories and digests, not builds and releases");

    @ArchTest
    static final ArchRule FEATURES_DONT_KNOW_THE_API = noClasses()
            .that()
            .resideOutsideOfPackage("..platform.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..platform.api..")
            .because("REST is one way in among others");
}
