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

import java.io.Serializable;
import java.nio.charset.CharacterCodingException;

/** Reads a point in time. */
@Internal
interface TimeReader extends Serializable {

    /** Called before the first value. */
    void open();

    /**
     * @return milliseconds since the epoch
     * @throws CharacterCodingException if the bytes are not UTF-8
     * @throws RuntimeException if the text does not denote a point in time
     */
    long read(byte[] data, int from, int to) throws CharacterCodingException;
}
