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

package io.activedataflow.flink.connector.recordfile.architecture;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;

import java.util.Set;

/** Which types of Flink a connector may use. */
final class FlinkApi {

    /**
     * Types that Flink does not promise to keep and that no connector can do without. They exist
     * with the same shape in every supported line; a new name here needs the same proof.
     */
    private static final Set<String> TOLERATED =
            Set.of(
                    // Not marked at all; every serializer of state is written with them.
                    "org.apache.flink.core.memory.DataInputDeserializer",
                    "org.apache.flink.core.memory.DataOutputSerializer",
                    // The only way to the fields that the public PojoTypeInfo has found.
                    "org.apache.flink.api.java.typeutils.PojoField",
                    // Not marked at all; the only way to the types that Flink gives Avro's records.
                    "org.apache.flink.formats.avro.AvroDeserializationSchema",
                    // The only way for a split reader to learn that splits are taken from it.
                    "org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval",
                    // The only way to use a stream format of Flink as a bulk format.
                    "org.apache.flink.connector.file.src.impl.StreamFormatAdapter",
                    // The only way to free what Flink keeps of the metrics of ended splits.
                    "org.apache.flink.runtime.metrics.groups.AbstractMetricGroup",
                    // The only serializer of the rows of tables.
                    "org.apache.flink.table.runtime.typeutils.InternalTypeInfo",
                    // The JSON parser that every Flink has, under the same name in all of them.
                    "org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode",
                    "org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper");

    private static final Set<String> TOLERATED_METHODS =
            Set.of(
                    // The only way to a serializer from the context that a schema is opened with.
                    "org.apache.flink.api.common.ExecutionConfig.getSerializerConfig()");

    static final DescribedPredicate<JavaClass> NON_PUBLIC_TYPE =
            DescribedPredicate.describe("are not public API of Flink", FlinkApi::isNotPublic);

    static final DescribedPredicate<JavaClass> TOLERATED_TYPE =
            DescribedPredicate.describe(
                    "are tolerated",
                    type -> TOLERATED.contains(type.getBaseComponentType().getName()));

    static final DescribedPredicate<JavaCall<?>> NON_PUBLIC_METHOD =
            DescribedPredicate.describe("is an internal method of Flink", FlinkApi::isInternalCall);

    private FlinkApi() {}

    private static boolean isInternalCall(JavaCall<?> call) {
        return call.getTargetOwner().getPackageName().startsWith("org.apache.flink.")
                && call.getTarget().isAnnotatedWith(Internal.class)
                && !TOLERATED_METHODS.contains(call.getTarget().getFullName());
    }

    private static boolean isNotPublic(JavaClass type) {
        JavaClass outermost = type.getBaseComponentType();
        boolean isPublic = isMarkedPublic(outermost);
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
            isPublic |= isMarkedPublic(outermost);
        }
        return outermost.getPackageName().startsWith("org.apache.flink.")
                && !outermost.getPackageName().equals("org.apache.flink.annotation")
                && !isPublic
                && !TOLERATED.contains(outermost.getName());
    }

    private static boolean isMarkedPublic(JavaClass type) {
        return type.isAnnotatedWith(Public.class) || type.isAnnotatedWith(PublicEvolving.class);
    }
}
