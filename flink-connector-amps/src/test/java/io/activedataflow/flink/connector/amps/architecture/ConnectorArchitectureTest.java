/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.architecture;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.concurrent.TimeUnit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

/** What the classes of this connector may use, and how they are marked and layered. */
@AnalyzeClasses(packages = ConnectorArchitectureTest.ROOT, importOptions = OnlyMainClasses.class)
class ConnectorArchitectureTest {

    static final String ROOT = "io.activedataflow.flink.connector.amps";
    private static final String VENDOR_CLIENT = "com.crankuptheamps..";

    private static final String CLIENT = ROOT + ".client..";
    private static final String SOURCE = ROOT + ".source..";
    private static final String SPLIT = ROOT + ".source.split..";
    private static final String ENUMERATOR = ROOT + ".source.enumerator..";
    private static final String READER = ROOT + ".source.reader..";
    private static final String DESERIALIZER = ROOT + ".source.reader.deserializer..";

    @ArchTest
    static final ArchRule ONLY_PUBLIC_FLINK_TYPES =
            noClasses()
                    .should()
                    .dependOnClassesThat(FlinkApi.NON_PUBLIC_TYPE)
                    .because("other Flink types may change in any release")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_INTERNAL_FLINK_METHODS =
            noClasses()
                    .should()
                    .callCodeUnitWhere(FlinkApi.NON_PUBLIC_METHOD)
                    .because("internal methods of public Flink types may change in any release")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_INTERNALS_OF_OTHERS =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "org.apache.flink.shaded..",
                                            "sun..",
                                            "com.sun..",
                                            "jdk.internal..")
                                    .and(not(FlinkApi.TOLERATED_TYPE)))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule EVERY_CLASS_SAYS_WHETHER_IT_IS_API =
            classes()
                    .that()
                    .areTopLevelClasses()
                    .and()
                    .doNotHaveSimpleName("package-info")
                    .should()
                    .beAnnotatedWith(PublicEvolving.class)
                    .orShould()
                    .beAnnotatedWith(Internal.class)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule API_DOES_NOT_EXPOSE_INTERNALS =
            classes()
                    .that()
                    .areAnnotatedWith(PublicEvolving.class)
                    .should(Conditions.notExposeInternalTypesOf(ROOT))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_CLIENT_PACKAGE_KNOWS_THE_VENDORS_CLIENT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(CLIENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(VENDOR_CLIENT)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CLIENT_KNOWS_NOTHING_OF_THE_SOURCE =
            noClasses()
                    .that()
                    .resideInAPackage(CLIENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SOURCE)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SPLITS_KNOW_NEITHER_READER_NOR_ENUMERATOR =
            noClasses()
                    .that()
                    .resideInAPackage(SPLIT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(READER, ENUMERATOR)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ENUMERATOR_DOES_NOT_KNOW_THE_READER =
            noClasses()
                    .that()
                    .resideInAPackage(ENUMERATOR)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(READER).and(not(resideInAPackage(DESERIALIZER))))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule READER_DOES_NOT_KNOW_THE_ENUMERATOR =
            noClasses()
                    .that()
                    .resideInAPackage(READER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ENUMERATOR)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_PART_KNOWS_THE_WHOLE =
            noClasses()
                    .that()
                    .resideInAnyPackage(CLIENT, SPLIT, ENUMERATOR, READER)
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(".*\\.(source\\.\\w+Source|sink\\.\\w+Sink)(Builder)?")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_SIBLINGS =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.activedataflow..")
                                    .and(not(resideInAnyPackage(ROOT + ".."))))
                    .because("each connector can be lifted into a repository of its own")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule OPTIONS_ARE_DECLARED_IN_OPTIONS_CLASSES =
            fields().that()
                    .haveRawType(ConfigOption.class)
                    .and()
                    .areStatic()
                    .should()
                    .beDeclaredInClassesThat()
                    .haveSimpleNameEndingWith("Options")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SERIALIZABLE_CLASSES_HAVE_A_VERSION =
            classes().should(Conditions.declareSerialVersionUid()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOBODY_SLEEPS =
            noClasses()
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class, int.class)
                    .orShould()
                    .callMethod(TimeUnit.class, "sleep", long.class)
                    .because("a sleeping thread cannot be woken; wait for a signal with a time-out")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS =
            NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_OTHER_LOGGING =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.util.logging..", "org.apache.log4j..", "org.apache.logging..")
                    .because("Flink's users configure SLF4J")
                    .allowEmptyShould(true);
}
