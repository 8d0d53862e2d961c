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

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.io.Serializable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Conditions that the rule library does not have. */
final class Conditions {

    private Conditions() {}

    static ArchCondition<JavaClass> declareSerialVersionUid() {
        return condition(
                "declare a serialVersionUID where they are serializable",
                (type, violation) -> {
                    if (needsSerialVersionUid(type)
                            && type.tryGetField("serialVersionUID").isEmpty()) {
                        violation.accept(type.getName() + " has no serialVersionUID");
                    }
                });
    }

    static ArchCondition<JavaClass> notExposeInternalTypesOf(String rootPackage) {
        return condition(
                "not have internal types in the signatures of their public methods",
                (type, violation) ->
                        type.getCodeUnits().stream()
                                .filter(Conditions::isOffered)
                                .filter(unit -> exposesInternals(unit, rootPackage))
                                .forEach(
                                        unit ->
                                                violation.accept(
                                                        unit.getFullName()
                                                                + " exposes an internal type")));
    }

    private static boolean needsSerialVersionUid(JavaClass type) {
        return type.isAssignableTo(Serializable.class)
                && !type.isInterface()
                && !type.isEnum()
                && !type.isRecord()
                && !type.isAnonymousClass();
    }

    private static boolean isOffered(JavaCodeUnit unit) {
        return (unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
                && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !unit.isAnnotatedWith(Internal.class);
    }

    private static boolean exposesInternals(JavaCodeUnit unit, String rootPackage) {
        return Stream.concat(
                        Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.equals(unit.getOwner()))
                .anyMatch(
                        type ->
                                type.getPackageName().startsWith(rootPackage)
                                        && type.isAnnotatedWith(Internal.class));
    }

    static ArchCondition<JavaClass> condition(
            String description, BiConsumer<JavaClass, Consumer<String>> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(
                        type, message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }
}
