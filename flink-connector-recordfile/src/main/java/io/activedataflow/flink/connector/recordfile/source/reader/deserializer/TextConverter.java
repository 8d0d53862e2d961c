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

import org.apache.flink.annotation.Internal;

import java.nio.charset.CharacterCodingException;

/** Turns the bytes of a value into an object of one type. */
@FunctionalInterface
@Internal
interface TextConverter {

    /**
     * @throws CharacterCodingException if the type is text and the bytes are not UTF-8
     * @throws RuntimeException if the text does not denote an object of the type
     */
    Object convert(byte[] data, int offset, int length) throws CharacterCodingException;
}
