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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.PublicEvolving;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Records that end with a delimiter of one or more bytes. What follows the last delimiter is a
 * record if it is not empty; between two delimiters in a row lies an empty record.
 *
 * <p>A large file can be read by several readers, unless the delimiter can overlap with itself, as
 * {@code "||"} or {@code "\n.\n"} can: then only the beginning of the file tells where delimiters
 * begin. A record that is longer than the maximum record size costs that record.
 */
@PublicEvolving
public final class DelimiterFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    private final byte[] delimiter;
    private final boolean text;

    private DelimiterFraming(byte[] delimiter, boolean text) {
        if (delimiter.length == 0) {
            throw new IllegalArgumentException(
                    "A delimiter cannot be empty. Give at least one byte, or use"
                            + " WholeFileFraming.");
        }
        this.delimiter = delimiter;
        this.text = text;
    }

    /**
     * Of text files, in whatever encoding they are.
     *
     * @throws IllegalArgumentException if the delimiter is empty or not Unicode text
     */
    public static DelimiterFraming of(String delimiter) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(delimiter)) {
            throw new IllegalArgumentException(
                    "A delimiter with half of a surrogate pair cannot occur in a file. Give whole"
                            + " characters, or bytes.");
        }
        return new DelimiterFraming(delimiter.getBytes(StandardCharsets.UTF_8), true);
    }

    /**
     * Of files of bytes, which are taken as they are.
     *
     * @throws IllegalArgumentException if the delimiter is empty
     */
    public static DelimiterFraming of(byte[] delimiter) {
        return new DelimiterFraming(delimiter.clone(), false);
    }

    @Override
    public RecordFramer createFramer() {
        return new DelimiterFramer(delimiter);
    }

    @Override
    public boolean isText() {
        return text;
    }

    @Override
    public RecordFileSplitting splitting() {
        return new DelimiterFramer(delimiter).overlapsItself()
                ? RecordFileSplitting.NEVER
                : RecordFileSplitting.LINE;
    }

    @Override
    public String whyNotSplittable() {
        return "The delimiter "
                + shown()
                + " can overlap with itself, so that only the beginning of a file tells where"
                + " records begin.";
    }

    @Override
    public String toString() {
        return "records that end with " + shown();
    }

    private String shown() {
        return "0x" + HexFormat.of().formatHex(delimiter);
    }
}
