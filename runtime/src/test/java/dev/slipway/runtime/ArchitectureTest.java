package dev.slipway.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_ROUTER_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("..router..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..rollout..", "..engine..", "..runtime.domains..", "dev.slipway.db..")
            .because("traffic needs neither the database nor the engine");

    @ArchTest
    static final ArchRule NO_PROGRAMS_ARE_STARTED = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class)
            .because("the engine is driven by its API");

    @ArchTest
    static final ArchRule SQL_IS_IN_DB = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
            .because("SQL stands beside its row mapper in db, and nowhere else");
}
