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

import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Records that each follow their own length, an unsigned number of two or four bytes. The length
 * counts the record without those bytes, and may be 0. A record is its content: its offset and
 * length do not include the prefix, unless it is malformed; the maximum record size does.
 *
 * <p>Files are never split. A length above the maximum record size costs that record, if the file
 * is as long as the length says; a length that leads beyond the end of the file, as one that was
 * written as a negative number mostly does, makes what is left of the file one malformed record,
 * since nothing tells where the next one would begin.
 */
@PublicEvolving
public final class LengthPrefixFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    private final int prefixBytes;
    private final boolean bigEndian;

    private LengthPrefixFraming(int prefixBytes, ByteOrder order) {
        this.prefixBytes = prefixBytes;
        this.bigEndian = Objects.requireNonNull(order, "order").equals(ByteOrder.BIG_ENDIAN);
    }

    /** Lengths of two bytes, 0 to 65535. */
    public static LengthPrefixFraming ofTwoBytes(ByteOrder order) {
        return new LengthPrefixFraming(Short.BYTES, order);
    }

    /** Lengths of four bytes; {@code DataOutputStream.writeInt} writes them big-endian. */
    public static LengthPrefixFraming ofFourBytes(ByteOrder order) {
        return new LengthPrefixFraming(Integer.BYTES, order);
    }

    @Override
    public RecordFramer createFramer() {
        return new LengthPrefixFramer(prefixBytes, bigEndian);
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public RecordFileSplitting splitting() {
        return RecordFileSplitting.NEVER;
    }

    @Override
    public String whyNotSplittable() {
        return "Nothing but the records before it tells where a record with a length prefix begins.";
    }

    @Override
    public String toString() {
        return "records with a "
                + (bigEndian ? "big" : "little")
                + "-endian length of "
                + prefixBytes
                + " bytes";
    }
}
