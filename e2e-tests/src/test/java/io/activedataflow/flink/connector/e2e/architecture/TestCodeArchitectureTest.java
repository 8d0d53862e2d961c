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

package io.activedataflow.flink.connector.e2e.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The same standard for the tests: they run, they end, and they use one set of tools. */
@AnalyzeClasses(
        packages = "io.activedataflow.flink.connector.e2e",
        importOptions = OnlyTestClasses.class)
class TestCodeArchitectureTest {

    private static final String NAME_OF_A_TEST = ".*(Test|ITCase)(\\$.*)?";

    @ArchTest
    static final ArchRule TEST_CLASSES_ARE_PACKAGE_PRIVATE =
            classes()
                    .should(
                            Conditions.condition(
                                    "not be public where they have tests",
                                    (type, violation) -> {
                                        if (hasTests(type)
                                                && type.getModifiers()
                                                        .contains(JavaModifier.PUBLIC)) {
                                            violation.accept(type.getName() + " is public");
                                        }
                                    }));

    @ArchTest
    static final ArchRule NO_OTHER_TEST_TOOLS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.mockito..",
                            "org.junit",
                            "org.junit.runner..",
                            "org.junit.rules..",
                            "junit.framework..",
                            "org.hamcrest..");

    @ArchTest
    static final ArchRule TESTS_ARE_FOUND_BY_THE_BUILD =
            classes()
                    .should(
                            Conditions.condition(
                                    "be called ...Test or ...ITCase where they have tests",
                                    (type, violation) -> {
                                        if (hasTests(type)
                                                && !type.getModifiers()
                                                        .contains(JavaModifier.ABSTRACT)
                                                && !type.getName().matches(NAME_OF_A_TEST)) {
                                            violation.accept(
                                                    type.getName() + " would never be run");
                                        }
                                    }));

    @ArchTest static final ArchRule TESTS_END = classes().should(haveATimeout());

    private static ArchCondition<JavaClass> haveATimeout() {
        return Conditions.condition(
                "have a @Timeout where they have tests",
                (type, violation) -> {
                    if (hasTests(type) && !hasTimeout(type)) {
                        violation.accept(type.getName() + " has no @Timeout");
                    }
                });
    }

    private static boolean hasTimeout(JavaClass type) {
        return type.isAnnotatedWith(Timeout.class)
                || type.getRawSuperclass().filter(TestCodeArchitectureTest::hasTimeout).isPresent()
                || type.getEnclosingClass()
                        .filter(TestCodeArchitectureTest::hasTimeout)
                        .isPresent();
    }

    private static boolean hasTests(JavaClass type) {
        return type.getMethods().stream()
                .anyMatch(
                        method ->
                                method.isAnnotatedWith(Test.class)
                                        || method.isAnnotatedWith(ParameterizedTest.class));
    }
}
