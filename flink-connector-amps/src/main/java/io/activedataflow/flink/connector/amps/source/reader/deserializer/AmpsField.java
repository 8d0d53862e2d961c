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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.PublicEvolving;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the tag that a field of a class, or a component of a record, stands for in {@link
 * AmpsDeserializationSchema#fix} and {@link AmpsDeserializationSchema#nvfix}:
 * {@code @AmpsField("55") String symbol}. FIX needs it on every field; in NVFIX it replaces the
 * field's own name.
 */
@PublicEvolving
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface AmpsField {

    /** The tag as it stands in the body, such as {@code 55} or {@code sym}. */
    String value();
}
