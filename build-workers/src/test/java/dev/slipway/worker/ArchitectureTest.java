package dev.slipway.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("worker")
            .definedBy("dev.slipway.worker")
            .layer("attempt")
            .definedBy("dev.slipway.worker.attempt")
            .layer("parts")
            .definedBy(
                    "dev.slipway.worker.context",
                    "dev.slipway.worker.buildkit",
                    "dev.slipway.worker.engine",
                    "dev.slipway.worker.process",
                    "dev.slipway.worker.slipwayfile")
            .whereLayer("worker")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("attempt")
            .mayOnlyBeAccessedByLayers("worker")
            .because("the worker does attempts, and attempts are put together from parts that know nothing of them");

    @ArchTest
    static final ArchRule PARTS_STAND_ALONE = noClasses()
            .that()
            .resideInAnyPackage("..worker.context", "..worker.engine", "..worker.process", "..worker.slipwayfile")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..worker.buildkit")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.db")
            .because("each part can be read and tested without the others and without a database");

    @ArchTest
    static final ArchRule BUILDKIT_IS_PURE = noClasses()
            .that()
            .resideInAPackage("..worker.buildkit")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.sql..", "org.springframework..", "org.eclipse.jgit..")
            .because("commands, progress and diagnoses are values; effects are at the edges");

    @ArchTest
    static final ArchRule PROGRAMS_START_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.process")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .because("every program must be in a process group that can be ended");
}
