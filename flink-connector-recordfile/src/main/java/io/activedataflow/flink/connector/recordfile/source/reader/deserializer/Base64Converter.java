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

import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/** Bytes that are written in base64, as Flink's own formats write them. */
@Internal
final class Base64Converter extends ValueConverter {

    private final int maxLength;

    Base64Converter(int maxLength) {
        super(true, Set.of(Kind.TEXT));
        this.maxLength = maxLength;
    }

    @Override
    byte[] convert(Kind kind, byte[] data, int from, int to) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Arrays.copyOfRange(data, from, to));
        } catch (IllegalArgumentException e) {
            throw new ConversionException("It is not base64.");
        }
        if (bytes.length > maxLength) {
            throw new ConversionException("It is longer than " + maxLength + " bytes.");
        }
        return bytes;
    }
}
