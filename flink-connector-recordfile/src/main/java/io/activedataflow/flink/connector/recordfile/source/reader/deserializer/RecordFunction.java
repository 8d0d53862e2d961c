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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * Combines an element with the record it was deserialized from. Runs on the task thread.
 *
 * @param <T> the type of the element
 * @param <R> the type of the result
 */
@PublicEvolving
@FunctionalInterface
public interface RecordFunction<T, R> extends Serializable {

    /**
     * @param element an element of the record
     * @param record a view that is valid only during the call
     * @return the result, never null; an exception makes the record a malformed one
     */
    R apply(T element, RecordFileRecord record);
}
