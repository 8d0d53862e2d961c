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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import org.apache.flink.annotation.Internal;

import java.nio.charset.CharacterCodingException;

/**
 * Puts the value of a column where it belongs, without an object in between where it is a number.
 *
 * @param <T> what it is a part of
 */
@Internal
interface ColumnSetter<T> {

    /**
     * Converts a value and puts it there, or throws an exception as {@link ValueConverter#convert}
     * does and leaves everything as it was.
     */
    void set(T target, Kind kind, byte[] data, int from, int to)
            throws CharacterCodingException, IllegalAccessException;

    /** Puts null there. */
    void clear(T target) throws IllegalAccessException;

    /** Called instead where the record does not have the column. */
    void skip(T target);
}
